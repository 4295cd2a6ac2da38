"""The words for where a delivery stands."""

from enum import StrEnum


class DeliveryState(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up, refused, or not wanted any more: `error_code` says which."""


# Error codes of what is not sent although it could be, and stays so when its job is put back.
UNWANTED = "unwanted"
NOT_ALLOWED = "not_allowed"
"""The person may not see it any more."""
