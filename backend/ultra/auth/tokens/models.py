"""The table of one-time tokens. Of a token itself only its digest is kept."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasTimes


class Purpose(StrEnum):
    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose, not a password
    CHANGE_EMAIL = "change_email"
    """Sent to the new address."""
    UNDO_EMAIL = "undo_email"
    """Sent to the old address."""


class OneTimeToken(Base, HasTimes):
    __tablename__ = "one_time_tokens"
    __table_args__ = {"info": {"rights": "select, insert, update (used_at)"}}  # noqa: RUF012

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    purpose: Mapped[Purpose]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    email: Mapped[str]
    """The address that the link went to."""
    email_key: Mapped[str] = mapped_column(index=True)
    credential_epoch: Mapped[int]
    """The person's epoch when it was made (see users)."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
