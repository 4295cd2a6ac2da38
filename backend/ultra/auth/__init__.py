"""Who is who: people, their sign-in sessions, the workspaces they share.

Nouns: `workspaces`, `users`, `sessions`, each of which may use those before it. Everything that
other services and the gateway may ask stands in `public`.
"""
