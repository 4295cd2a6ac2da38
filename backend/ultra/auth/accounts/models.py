"""Accounts that somebody asked for where the address has to be shown first."""

from sqlalchemy.orm import Mapped

from ultra.auth.users.preferences import Locale
from ultra.kit.db import Base, HasId, HasTimes


class WaitingRegistration(Base, HasId, HasTimes):
    """Lives for the moment until a job has opened the account, or found that there is one."""

    __tablename__ = "registrations"
    __table_args__ = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        "info": {"unwalled": "of people who have no account yet", "rights": ""}
    }

    email: Mapped[str]
    name: Mapped[str]
    locale: Mapped[Locale]
    password_hash: Mapped[str]
