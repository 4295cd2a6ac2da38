"""The table of API keys."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes


class ApiKey(Base, HasId, HasTimes):
    __tablename__ = "api_keys"
    __table_args__ = (
        Index("ix_api_keys_list", "user_id", "workspace_id"),
        {"info": {"wall": "user_id = {person}", "rights": "select, insert, update"}},
    )

    workspace_id: Mapped[UUID] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    """Who made it. It can never do more than this person may at that moment."""
    name: Mapped[str]
    public_id: Mapped[str] = mapped_column(unique=True)
    """The part of the key by which it is found; it stands in lists."""
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the whole key; the key itself is nowhere."""
    last_four: Mapped[str]
    scopes: Mapped[list[Any]]
    ip_allow: Mapped[list[Any]]
    """Addresses and networks from which it works; from everywhere when empty."""
    lifetime_days: Mapped[int]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    rotated_at: Mapped[datetime | None]
    """From then on its successor takes over; both work until it expires."""
