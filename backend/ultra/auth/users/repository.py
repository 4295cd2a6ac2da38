"""Every query for people."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale, Theme
from ultra.kit.ids import new_id

FIRST_PERSON_LOCK = 7_166_451_904
"""Any number, as long as nothing else in this database uses it as an advisory lock."""


def insert_if_new(
    session: Session,
    *,
    email: str,
    email_key: str,
    name: str,
    locale: Locale,
    password_hash: str | None,
    is_email_verified: bool,
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
            email_verified_at=func.now() if is_email_verified else None,
            is_operator=is_first,
        )
        .on_conflict_do_nothing(index_elements=[User.email_key])
        .returning(User)
    )


def find(session: Session, user_id: UUID) -> User | None:
    return session.get(User, user_id)


def lock(session: Session, user_id: UUID) -> User | None:
    """The person as they are now; until the commit nobody else changes them or signs them in."""
    return session.scalar(
        select(User)
        .where(User.id == user_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def find_many(session: Session, user_ids: Collection[UUID]) -> Sequence[User]:
    return session.scalars(select(User).where(User.id.in_(user_ids))).all()


def find_by_email_key(session: Session, email_key: str) -> User | None:
    return session.scalar(select(User).where(User.email_key == email_key))


def operator_ids(session: Session) -> list[UUID]:
    query = select(User.id).where(User.is_operator, User.disabled_at.is_(None)).order_by(User.id)
    return list(session.scalars(query))


def set_last_seen(session: Session, user_id: UUID, moment: datetime) -> None:
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(last_seen_at=func.greatest(User.last_seen_at, moment))
        .execution_options(synchronize_session=False)
    )


def set_rehashed(session: Session, user_id: UUID, *, old: str, new: str) -> None:
    """Replace the hash by one of the same password, unless the password was changed meanwhile."""
    session.execute(
        update(User).where(User.id == user_id, User.password_hash == old).values(password_hash=new)
    )


def set_password_hash(session: Session, user_id: UUID, *, old: str | None, new: str) -> bool:
    """Give a person another password if they still have the old one; whether they did."""
    return _change(
        session, user_id, User.password_hash.is_not_distinct_from(old), _new_password(new)
    )


def reset_password_hash(session: Session, user_id: UUID, *, epoch: int, new: str) -> bool:
    """Give a person another password, whatever the old one was, if nothing else has changed.

    Whoever comes from the mail has shown that they read it.
    """
    verified = func.coalesce(User.email_verified_at, func.now())
    values = {**_new_password(new), "email_verified_at": verified}
    return _change(session, user_id, User.credential_epoch == epoch, values)


def drop_password(session: Session, user_id: UUID) -> bool:
    """Take the password of somebody who never verified the address; whether they had one."""
    values: dict[str, Any] = {
        "password_hash": None,
        "password_changed_at": func.now(),
        "credential_epoch": User.credential_epoch + 1,
    }
    condition = and_(User.email_verified_at.is_(None), User.password_hash.is_not(None))
    return _change(session, user_id, condition, values)


def hand_over(session: Session, user_id: UUID, *, name: str) -> bool:
    """Leave nothing of an account but its address, for whoever has shown to read the mail there.

    False when somebody else verified the address meanwhile.
    """
    values: dict[str, Any] = {
        "name": name,
        "password_hash": None,
        "password_changed_at": func.now(),
        "email_verified_at": func.now(),
        "credential_epoch": User.credential_epoch + 1,
    }
    return _change(session, user_id, User.email_verified_at.is_(None), values)


def set_email_verified(session: Session, user_id: UUID, *, email_key: str) -> bool:
    return _change(session, user_id, User.email_key == email_key, {"email_verified_at": func.now()})


def set_email(
    session: Session,
    user_id: UUID,
    *,
    epoch: int,
    email: str,
    email_key: str,
    drops_password: bool,
) -> bool:
    """Give a person another address, which they have shown to read. Raises IntegrityError."""
    values: dict[str, Any] = {
        "email": email,
        "email_key": email_key,
        "email_verified_at": func.now(),
        "credential_epoch": User.credential_epoch + 1,
    }
    if drops_password:
        values["password_hash"] = None
    return _change(session, user_id, User.credential_epoch == epoch, values)


def _new_password(password_hash: str) -> dict[str, Any]:
    return {
        "password_hash": password_hash,
        "password_changed_at": func.now(),
        "credential_epoch": User.credential_epoch + 1,
    }


def _change(
    session: Session, user_id: UUID, condition: ColumnElement[bool], values: dict[str, Any]
) -> bool:
    changed = session.scalar(
        update(User).where(User.id == user_id, condition).values(**values).returning(User.id)
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
