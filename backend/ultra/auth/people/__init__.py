"""People as the operators of an installation see them, and what they can do to an account.

Nothing here looks into a workspace.
"""
