"""What a channel is: it packs a message inside a transaction and sends it outside of any.

Whatever the other side does becomes an `Outcome`; its own errors stay inside the channel.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit.errors import Language
from ultra.notifications.kinds import Kind


class Verdict(StrEnum):
    DELIVERED = "delivered"
    LATER = "later"
    """A passing fault: try again."""
    REFUSED = "refused"
    """Trying again is useless; the target itself is well."""
    GONE = "gone"
    """The target is no more and is to be forgotten."""
    UNKNOWN = "unknown"
    """Sent, and no answer came: it may have arrived."""


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    code: str | None = None
    """What went wrong; its sentences stand in `deliveries.sentences`."""
    status: int | None = None
    """Of the HTTP answer."""
    excerpt: str | None = None
    """The beginning of what the other side said."""
    after: timedelta | None = None
    """When the other side said how long to wait."""


class Unsendable(Exception):
    """There is nobody to send to, or nothing can be opened; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Order:
    """What is to be delivered to whom."""

    delivery_id: UUID
    message_id: UUID
    """Stays the same when it is sent again: by it a receiver knows a copy."""
    target: UUID
    """A device, an endpoint, or a person."""
    kind: Kind
    facts: dict[str, Any]
    at: datetime
    workspace_id: UUID | None
    """Where it happened, for links."""
    payload: dict[str, Any] | None
    """For an endpoint: what was composed when it happened."""


@dataclass(frozen=True)
class Happening:
    """Something that a workspace's endpoints are told."""

    id: UUID
    kind: Kind
    facts: dict[str, Any]
    at: datetime
    workspace_id: UUID


class Parcel(Protocol):
    """Everything that sending needs, read before."""

    def send(self) -> Outcome:
        """Send it, now, without a transaction. Never raises for what the other side does."""


class Channel(Protocol):
    """A way to a device, a person or an endpoint."""

    knows_copies: bool
    """Whether a message that arrives twice is seen once. If not, one that may have arrived is not
    sent again."""

    def pack(self, session: Session, order: Order) -> Parcel:
        """Read what sending needs. Raises Unsendable."""


class EndpointChannel(Channel, Protocol):
    """A way to an endpoint, whose message is composed once and kept for the log."""

    def compose(self, happening: Happening, language: Language) -> dict[str, Any]:
        """The message as it is sent."""
