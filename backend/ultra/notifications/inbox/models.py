"""The table of notifications: one row per event, person and kind, whatever channels carry it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.notifications.kinds import Kind

VISIBLE = "is_shown and deleted_at is null"


class Notification(Base, HasId, HasTimes):
    __tablename__ = "notifications"
    __table_args__ = (
        # An event that is told twice finds its row here. A deleted one keeps its row for that.
        UniqueConstraint("event_key", "user_id", "kind", name="uq_notifications_event"),
        Index(
            "ix_notifications_list",
            "user_id",
            text("created_at desc"),
            text("id desc"),
            postgresql_where=text(VISIBLE),
        ),
        Index(
            "ix_notifications_unread",
            "user_id",
            postgresql_where=text(f"read_at is null and {VISIBLE}"),
        ),
        Index("ix_notifications_created_at", "created_at"),
        # Also among colleagues everybody has their own (see kit.walls).
        {"info": {"wall": "user_id = {person}"}},
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    workspace_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), index=True
    )
    """None for news of the whole installation."""
    event_key: Mapped[str]
    kind: Mapped[Kind]
    facts: Mapped[dict[str, Any]]
    is_shown: Mapped[bool]
    """False when the person wants this kind by other channels only."""
    read_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
