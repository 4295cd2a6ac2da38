"""The states of a connection; the same in table and API."""

from enum import StrEnum


class ConnectionState(StrEnum):
    CONNECTED = "connected"
    RECONNECT_NEEDED = "reconnect_needed"
    """GitHub does not accept our tokens any more: a person has to grant access anew."""
    LEAVING = "leaving"
    """Disconnected by a person; a job is giving the grant back."""
