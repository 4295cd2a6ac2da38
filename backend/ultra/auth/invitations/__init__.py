"""Invitations to a workspace, by e-mail: single-use, for a week, never above the inviter's role."""
