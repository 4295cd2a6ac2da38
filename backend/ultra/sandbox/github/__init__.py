"""Plays GitHub for projects: a GitHub App's grant under `/github-app`, the REST API in its `/api`.

One account with a few repositories. Tokens expire and rotate, etags and limits count, statistics
are worked out only once they were asked for. `/github-app/sandbox` changes what there is to see and
makes it misbehave.
"""
