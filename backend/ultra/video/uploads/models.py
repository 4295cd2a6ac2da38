"""Tables of uploads on their way in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes


class Upload(Base, HasId, HasTimes):
    """A tus upload; the finished video gets the same id."""

    __tablename__ = "uploads"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    created_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    filename: Mapped[str]
    title: Mapped[str]
    metadata_header: Mapped[str | None]
    """As the client sent it: HEAD gives it back unchanged."""
    length: Mapped[int] = mapped_column(BigInteger)
    offset: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Bytes that are safely stored."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    """Keys of the stored pieces, in order."""
