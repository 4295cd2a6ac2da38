"""Every query for people."""

from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale, Theme
from ultra.kit.ids import new_id

FIRST_PERSON_LOCK = 7_166_451_904
"""Any number, as long as nothing else in this database uses it as an advisory lock."""


def insert_if_new(
    session: Session, *, email: str, email_key: str, name: str, locale: Locale, password_hash: str
) -> User | None:
    """The new person, or None when the address is taken; also when both arrive at the same time.

    The first person of all becomes the installation's operator.
    """
    is_first = not session.scalar(select(exists(select(User.id))))
    if is_first:
        # Two people who arrive first at the same time: the second one waits and looks again.
        session.execute(select(func.pg_advisory_xact_lock(FIRST_PERSON_LOCK)))
        is_first = not session.scalar(select(exists(select(User.id))))
    return session.scalar(
        insert(User)
        .values(
            id=new_id(),
            email=email,
            email_key=email_key,
            name=name,
            locale=locale,
            password_hash=password_hash,
            is_operator=is_first,
        )
        .on_conflict_do_nothing(index_elements=[User.email_key])
        .returning(User)
    )


def find(session: Session, user_id: UUID) -> User | None:
    return session.get(User, user_id)


def find_by_email_key(session: Session, email_key: str) -> User | None:
    return session.scalar(select(User).where(User.email_key == email_key))


def operator_ids(session: Session) -> list[UUID]:
    return list(session.scalars(select(User.id).where(User.is_operator).order_by(User.id)))


def set_password_hash(
    session: Session, user_id: UUID, *, old: str, new: str, is_new_password: bool
) -> bool:
    """Replace the hash if it is still the old one; whether it was."""
    changed_at = func.now() if is_new_password else User.password_changed_at
    changed = session.scalar(
        update(User)
        .where(User.id == user_id, User.password_hash == old)
        .values(password_hash=new, password_changed_at=changed_at)
        .returning(User.id)
    )
    return changed is not None


def set_profile(
    session: Session,
    user_id: UUID,
    *,
    name: str | None,
    locale: Locale | None,
    theme: Theme | None,
) -> None:
    given = {"name": name, "locale": locale, "theme": theme}
    values = {field: value for field, value in given.items() if value is not None}
    if values:
        session.execute(update(User).where(User.id == user_id).values(**values))
