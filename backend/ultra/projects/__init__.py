"""Projects: what gathers a workspace's videos and repositories under a name.

Nouns: projects (name, cover, archive, videos), connections (the grant at GitHub), repositories (the
chosen ones and their figures), drafts (texts made from releases).
"""
