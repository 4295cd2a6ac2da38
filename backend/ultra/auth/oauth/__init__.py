"""Signing in with Google or GitHub, and the accounts there that belong to people here.

`providers` speak to the other side and say who somebody is; the rules of what follows from that
stand in `service`. docs/decisions/0025-oauth-login.md has the reasons.
"""
