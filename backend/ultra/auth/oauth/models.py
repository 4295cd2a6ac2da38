"""The table of accounts at Google and GitHub that belong to people here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.auth.oauth.providers.kinds import Provider
from ultra.kit.db import Base, HasId


class Identity(Base, HasId):
    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("provider", "subject"),)

    provider: Mapped[Provider]
    subject: Mapped[str]
    """The provider's own id of the account. Names and addresses there can pass to somebody else."""
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    email: Mapped[str]
    """The address there when it was used last, so that people recognise it. Decides nothing."""
    linked_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    last_used_at: Mapped[datetime | None]
