"""Tables of deliveries, of each attempt at one, and of digests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.notifications.deliveries.states import DeliveryState
from ultra.notifications.kinds import ChannelName, Kind

# A delivery belongs to whom it goes to (see kit.walls).
_DELIVERIES = {
    "wall": "target = {person}"
    " or exists (select from notification_endpoints where id = notification_deliveries.target)"
    " or exists (select from push_devices where id = notification_deliveries.target)",
    "rights": "select, insert, update (job_id, state, finished_at)",
}
# Attempts are made by workers; a request reads how they went.
_ATTEMPTS = {
    "wall": "exists (select from notification_deliveries"
    " where notification_deliveries.id = notification_attempts.delivery_id)",
    "rights": "select",
}


class Delivery(Base, HasId, HasTimes):
    __tablename__ = "notification_deliveries"
    __table_args__ = (
        # An event that is told twice finds its delivery here.
        UniqueConstraint(
            "event_key", "kind", "channel", "target", name="uq_notification_deliveries_event"
        ),
        Index(
            "ix_notification_deliveries_log",
            "endpoint_id",
            text("created_at desc"),
            text("id desc"),
            postgresql_where=text("endpoint_id is not null"),
        ),
        Index("ix_notification_deliveries_created_at", "created_at"),
        {"info": _DELIVERIES},
    )

    event_key: Mapped[str]
    kind: Mapped[Kind]
    channel: Mapped[ChannelName]
    target: Mapped[UUID]
    """A device, an endpoint, or for e-mail the person."""
    notification_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("notifications.id", ondelete="CASCADE"), index=True
    )
    endpoint_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("notification_endpoints.id", ondelete="CASCADE")
    )
    digest_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("notification_digests.id", ondelete="CASCADE"), index=True
    )
    """Set when it goes out together with others."""
    message_id: Mapped[UUID]
    """By this a receiver knows a copy; a replay has that of what it repeats."""
    payload: Mapped[dict[str, Any] | None]
    """What an endpoint is sent, the same at each attempt."""
    is_test: Mapped[bool] = mapped_column(server_default=text("false"))
    replay_of: Mapped[UUID | None]
    state: Mapped[DeliveryState] = mapped_column(server_default=DeliveryState.PENDING)
    attempts: Mapped[int] = mapped_column(server_default="0")
    job_id: Mapped[UUID | None]
    response_status: Mapped[int | None]
    error_code: Mapped[str | None]
    finished_at: Mapped[datetime | None]

    @property
    def is_asked_for(self) -> bool:
        """Somebody wants exactly this one, now: neither quiet hours nor a switch hold it back."""
        return self.is_test or self.replay_of is not None


class DeliveryAttempt(Base):
    __tablename__ = "notification_attempts"
    __table_args__ = {"info": _ATTEMPTS}  # noqa: RUF012 - SQLAlchemy reads it from the class

    delivery_id: Mapped[UUID] = mapped_column(
        ForeignKey("notification_deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    """Written before anything is sent: one without an end broke off, and may have arrived."""
    finished_at: Mapped[datetime | None]
    duration_ms: Mapped[int | None]
    status: Mapped[int | None]
    error_code: Mapped[str | None]
    excerpt: Mapped[str | None]


class Digest(Base, HasId, HasTimes):
    __tablename__ = "notification_digests"
    __table_args__ = (
        # At most one per person takes things in.
        Index(
            "uq_notification_digests_open",
            "user_id",
            unique=True,
            postgresql_where=text("closed_at is null"),
        ),
        {"info": {"rights": "select, update"}},
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    due_at: Mapped[datetime]
    job_id: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    """From then on what happens goes into the next one."""
    finished_at: Mapped[datetime | None]
