"""How a person comes back from GitHub; the page that they land on says it in words."""

from enum import StrEnum


class Outcome(StrEnum):
    CONNECTED = "connected"
    DENIED = "denied"
    """The person did not grant access."""
    EXPIRED = "expired"
    """Too late, a second time, or another browser's."""
    SIGNED_OUT = "signed_out"
    NOT_ALLOWED = "not_allowed"
    """Their role was changed meanwhile."""
    REFUSED = "refused"
    """GitHub did not take its own code."""
    AWAY = "away"
