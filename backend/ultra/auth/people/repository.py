"""Every query for people as operators see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import Session

from ultra.auth.sessions.models import SignInSession
from ultra.auth.sessions.repository import IS_ALIVE
from ultra.auth.tokens.models import OneTimeToken, Purpose
from ultra.auth.users.models import User
from ultra.auth.workspaces.models import Membership, Workspace
from ultra.auth.workspaces.repository import has_second_factor
from ultra.kit.paging import Cursor, newest_first
from ultra.kit.search import holds


@dataclass(frozen=True)
class Person:
    """An account and what belongs to it, in numbers."""

    user_id: UUID
    name: str
    email: str
    is_email_verified: bool
    is_operator: bool
    created_at: datetime
    last_seen_at: datetime | None
    """None when they never came in."""
    has_second_factor: bool
    sessions: int
    """Living ones."""
    workspaces: int
    disabled_at: datetime | None
    disabled_reason: str | None


def page(
    session: Session,
    *,
    text: str | None,
    is_disabled: bool | None,
    after: Cursor | None,
    limit: int,
) -> Sequence[Person]:
    """The newest first, after a cursor."""
    query = _people()
    if text:
        query = query.where(or_(holds(User.name, text), holds(User.email, text)))
    if is_disabled is not None:
        query = query.where(User.disabled_at.is_not(None) == is_disabled)
    query = newest_first(query, User.created_at, User.id, after=after, limit=limit)
    return [Person(*row) for row in session.execute(query)]


def find(session: Session, user_id: UUID) -> Person | None:
    row = session.execute(_people().where(User.id == user_id)).one_or_none()
    return Person(*row) if row else None


def lock_operators(session: Session) -> list[UUID]:
    """The operators who can come in; until the commit nobody else closes one's account."""
    rows = session.execute(
        select(User.id, User.disabled_at)
        .where(User.is_operator)
        .order_by(User.id)
        .with_for_update(key_share=True)
    )
    return [user_id for user_id, disabled_at in rows if disabled_at is None]


def close(session: Session, user_id: UUID, reason: str) -> bool:
    """Whether it was open."""
    values = {"disabled_at": func.now(), "disabled_reason": reason}
    return _change(session, user_id, User.disabled_at.is_(None), values)


def open_again(session: Session, user_id: UUID) -> bool:
    """Whether it was closed."""
    values = {"disabled_at": None, "disabled_reason": None}
    return _change(session, user_id, User.disabled_at.is_not(None), values)


def set_operator(session: Session, user_id: UUID, *, is_operator: bool) -> bool:
    """Whether it was otherwise."""
    values = {"is_operator": is_operator}
    return _change(session, user_id, User.is_operator.is_not(is_operator), values)


def was_letter_sent(session: Session, user_id: UUID, within: timedelta) -> bool:
    """Whether somebody asked for this person's letter to a new password so short a time ago."""
    letter = select(OneTimeToken.digest).where(
        OneTimeToken.user_id == user_id,
        OneTimeToken.purpose == Purpose.RESET_PASSWORD,
        OneTimeToken.used_at.is_(None),
        OneTimeToken.created_at > func.now() - within,
    )
    return bool(session.scalar(select(letter.exists())))


def _people() -> Select[Any]:
    last_seen = (
        select(func.max(SignInSession.last_seen_at))
        .where(SignInSession.user_id == User.id)
        .scalar_subquery()
    )
    living = (
        select(func.count())
        .select_from(SignInSession)
        .where(SignInSession.user_id == User.id, IS_ALIVE)
        .scalar_subquery()
    )
    workspaces = (
        select(func.count())
        .select_from(Membership)
        .join(Workspace, Workspace.id == Membership.workspace_id)
        .where(Membership.user_id == User.id, Workspace.deleted_at.is_(None))
        .scalar_subquery()
    )
    return select(
        User.id,
        User.name,
        User.email,
        User.email_verified_at.is_not(None),
        User.is_operator,
        User.created_at,
        func.greatest(User.last_seen_at, last_seen),
        has_second_factor(User.id),
        living,
        workspaces,
        User.disabled_at,
        User.disabled_reason,
    )


def _change(
    session: Session, user_id: UUID, condition: ColumnElement[bool], values: dict[str, Any]
) -> bool:
    changed = session.scalar(
        update(User).where(User.id == user_id, condition).values(**values).returning(User.id)
    )
    return changed is not None
