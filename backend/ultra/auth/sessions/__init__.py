"""Sign-in sessions: one per device, with a rotating refresh token and short-lived access tokens."""
