"""How a person wants to be told. Who never chose has no rows here and gets the defaults."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base
from ultra.notifications.kinds import Kind
from ultra.notifications.preferences.states import DigestRhythm


class NotificationPreferences(Base):
    __tablename__ = "notification_preferences"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    zone: Mapped[str]
    """IANA name, such as Europe/Istanbul."""
    is_quiet: Mapped[bool]
    """Whether the quiet hours are kept."""
    quiet_start: Mapped[time]
    quiet_end: Mapped[time]
    """Times of the person's own clock; an end before the start lies on the next day."""
    email_digest: Mapped[DigestRhythm]
    digest_hour: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class NotificationChoice(Base):
    __tablename__ = "notification_choices"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[Kind] = mapped_column(primary_key=True)
    in_app: Mapped[bool]
    push: Mapped[bool]
    email: Mapped[bool]
