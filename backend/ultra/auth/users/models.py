"""The table of people."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.auth.users.preferences import Locale, Theme
from ultra.kit.db import Base, HasId, HasTimes

# A request changes its own person, and never what decides who may do what; it reads those with whom
# that person shares the workspace (see kit.walls); not by `exists`, for which PostgreSQL would read
# all members to find one.
_WALL = {
    "wall": "id = {person}",
    "sees": "(select true from memberships"
    " where memberships.workspace_id = {workspace} and memberships.user_id = users.id)",
    "rights": "select, update (name, locale, theme, password_hash, password_changed_at,"
    " credential_epoch, email_verified_at)",
}


class User(Base, HasId, HasTimes):
    __tablename__ = "users"
    __table_args__ = {"info": _WALL}  # noqa: RUF012 - SQLAlchemy reads it from the class

    email: Mapped[str]
    """The address as its owner writes it."""
    email_key: Mapped[str] = mapped_column(unique=True)
    """The address with the difference of letter cases removed. Not lower(email): what that makes of
    the letter I depends on the database's locale, and a Turkish one makes it ı."""
    name: Mapped[str]
    locale: Mapped[Locale]
    theme: Mapped[Theme] = mapped_column(server_default=Theme.SYSTEM.value)
    password_hash: Mapped[str | None]
    """None for people who come by another way: Google, GitHub, a passkey."""
    password_changed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    email_verified_at: Mapped[datetime | None]
    """When they showed that they read the mail that goes to this address."""
    credential_epoch: Mapped[int] = mapped_column(server_default=text("0"))
    """Grows with each change of password or address: links that were mailed before are void."""
    disabled_at: Mapped[datetime | None]
    """Since when they may not come in any more."""
    disabled_reason: Mapped[str | None]
    """Why, as whoever closed the account wrote it; they were told the same."""
    last_seen_at: Mapped[datetime | None]
    """When they were here, as far as the table of sessions has forgotten it."""
    is_operator: Mapped[bool] = mapped_column(server_default=text("false"))
    """May see and mend the whole installation. Its first person is one."""

    @property
    def is_email_verified(self) -> bool:
        return self.email_verified_at is not None
