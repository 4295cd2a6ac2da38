"""GitHub: granting access (OAuth of a GitHub App) and the REST API.

Whatever GitHub says becomes one of the outcomes in `outcomes`; no call raises for what the other
side does.
"""
