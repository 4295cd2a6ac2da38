"""Every query about notifications. All but those of background work take the person."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit.ids import new_id
from ultra.kit.paging import Cursor, newest_first
from ultra.notifications.inbox.models import Notification
from ultra.notifications.kinds import Kind


def insert_if_new(session: Session, **values: Any) -> Notification | None:
    """None when this event was told to this person before."""
    return session.scalar(
        insert(Notification)
        .values(id=new_id(), **values)
        .on_conflict_do_nothing()
        .returning(Notification)
    )


def _visible(user_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        Notification.user_id == user_id,
        Notification.is_shown.is_(True),
        Notification.deleted_at.is_(None),
    )


def find(session: Session, user_id: UUID, notification_id: UUID) -> Notification | None:
    return session.scalar(
        select(Notification).where(Notification.id == notification_id, *_visible(user_id))
    )


def find_any(session: Session, notification_id: UUID) -> Notification | None:
    """Whoever it belongs to, seen or not: for background work only."""
    return session.get(Notification, notification_id)


def page(
    session: Session,
    user_id: UUID,
    *,
    is_unread: bool | None,
    kind: Kind | None,
    after: Cursor | None,
    limit: int,
) -> Sequence[Notification]:
    query = select(Notification).where(*_visible(user_id))
    if is_unread is not None:
        unread = Notification.read_at.is_(None)
        query = query.where(unread if is_unread else ~unread)
    if kind:
        query = query.where(Notification.kind == kind)
    query = newest_first(query, Notification.created_at, Notification.id, after=after, limit=limit)
    return session.scalars(query).all()


def unread_count(session: Session, user_id: UUID) -> int:
    query = select(func.count()).where(*_visible(user_id), Notification.read_at.is_(None))
    return session.scalar(query) or 0


def set_read(
    session: Session, user_id: UUID, notification_id: UUID, *, is_read: bool
) -> Notification | None:
    """Reading twice keeps the first time."""
    first = case((Notification.read_at.is_(None), func.now()), else_=Notification.read_at)
    return session.scalar(
        update(Notification)
        .where(Notification.id == notification_id, *_visible(user_id))
        .values(read_at=first if is_read else None)
        .returning(Notification)
    )


def read_all(session: Session, user_id: UUID, *, up_to: Cursor | None) -> int:
    query = update(Notification).where(*_visible(user_id), Notification.read_at.is_(None))
    if up_to:
        query = query.where(tuple_(Notification.created_at, Notification.id) <= up_to)
    return len(session.scalars(query.values(read_at=func.now()).returning(Notification.id)).all())


def mark_deleted(session: Session, user_id: UUID, notification_id: UUID) -> bool:
    found = session.scalar(
        update(Notification)
        .where(Notification.id == notification_id, *_visible(user_id))
        .values(deleted_at=func.now())
        .returning(Notification.id)
    )
    return found is not None


def remove_older(session: Session, age: timedelta, limit: int) -> int:
    oldest = (
        select(Notification.id)
        .where(Notification.created_at < func.now() - age)
        .order_by(Notification.created_at)
        .limit(limit)
    )
    removed = delete(Notification).where(Notification.id.in_(oldest)).returning(Notification.id)
    return len(session.scalars(removed).all())
