"""The words for where a delivery stands."""

from enum import StrEnum


class DeliveryState(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up, refused, or not wanted any more: `error_code` says which."""
