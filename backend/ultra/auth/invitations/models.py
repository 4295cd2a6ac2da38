"""The table of open invitations. One that is accepted or withdrawn is gone; the audit log knows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.auth.users.preferences import Locale
from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.roles import Role


class Invitation(Base, HasId, HasTimes):
    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("workspace_id", "email_key"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    email: Mapped[str]
    email_key: Mapped[str]
    """As in the table of people."""
    role: Mapped[Role]
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    locale: Mapped[Locale]
    """The language of its mail."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    """When its mail was last asked for."""
