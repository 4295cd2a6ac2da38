"""Plays Google and GitHub as far as signing in goes: consent page, tokens, keys, who somebody is.

Every client is known whose secret is its id with `-secret` behind it, and whose redirect address is
on this machine. `POST /oauth-misbehave` makes a provider hostile or broken in one named way.
"""
