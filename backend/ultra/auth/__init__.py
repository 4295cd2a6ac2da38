"""Who is who: people, their sign-in sessions, the workspaces they share.

Nouns: `audit`, `workspaces`, `users`, `sessions`, `tokens`, `letters`, `factors`, `keys`, `oauth`,
`accounts`, `members`, `invitations`, `exports`, each of which may use those before it. Everything
that other services and the gateway may ask stands in `public`.
"""
