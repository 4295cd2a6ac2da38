"""Every query for accounts that somebody asked for."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ultra.auth.accounts.models import WaitingRegistration
from ultra.auth.users.preferences import Locale


def insert(
    session: Session, *, email: str, name: str, locale: Locale, password_hash: str
) -> WaitingRegistration:
    waiting = WaitingRegistration(
        email=email, name=name, locale=locale, password_hash=password_hash
    )
    session.add(waiting)
    session.flush()
    return waiting


def take_out(session: Session, registration_id: UUID) -> WaitingRegistration | None:
    """It is in nobody else's hands until the commit, and nowhere after it."""
    found = session.scalar(
        select(WaitingRegistration)
        .where(WaitingRegistration.id == registration_id)
        .with_for_update()
    )
    if found is not None:
        session.delete(found)
    return found


def delete_old(session: Session, age: timedelta) -> None:
    session.execute(
        delete(WaitingRegistration).where(WaitingRegistration.created_at < func.now() - age)
    )
