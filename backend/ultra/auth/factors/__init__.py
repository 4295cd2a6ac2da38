"""What people prove themselves with beside the password: TOTP, recovery codes, passkeys.

It stands above `users` and `sessions`; the ways to sign in (`accounts`, `oauth`) ask here whether a
second step is needed, and begin it with `pending`.
"""
