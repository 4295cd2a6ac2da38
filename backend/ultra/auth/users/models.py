"""The table of people."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.auth.users.preferences import Locale, Theme
from ultra.kit.db import Base, HasId, HasTimes


class User(Base, HasId, HasTimes):
    __tablename__ = "users"

    email: Mapped[str]
    """The address as its owner writes it."""
    email_key: Mapped[str] = mapped_column(unique=True)
    """The address with the difference of letter cases removed. Not lower(email): what that makes of
    the letter I depends on the database's locale, and a Turkish one makes it ı."""
    name: Mapped[str]
    locale: Mapped[Locale]
    theme: Mapped[Theme] = mapped_column(server_default=Theme.SYSTEM.value)
    password_hash: Mapped[str]
    password_changed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    is_operator: Mapped[bool] = mapped_column(server_default=text("false"))
    """May see and mend the whole installation. Its first person is one."""
