"""API keys: how scripts and other programs act for a person, in one workspace.

A key can do at most what its person may do at that moment, and never touches an account.
"""
