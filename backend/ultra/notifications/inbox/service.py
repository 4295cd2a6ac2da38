"""The rules of notifications, and what open pages hear of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit import live
from ultra.notifications.inbox import repository
from ultra.notifications.inbox.errors import NotificationNotFound
from ultra.notifications.inbox.models import Notification
from ultra.notifications.kinds import Kind
from ultra.notifications.sentences import say


def add(
    session: Session,
    user_id: UUID,
    *,
    workspace_id: UUID | None,
    event_key: str,
    kind: Kind,
    facts: dict[str, Any],
    is_shown: bool,
) -> Notification | None:
    """Tell a person once; None when this event was told to them before."""
    row = repository.insert_if_new(
        session,
        user_id=user_id,
        workspace_id=workspace_id,
        event_key=event_key,
        kind=kind,
        facts=facts,
        is_shown=is_shown,
    )
    if row is not None and is_shown:
        _ring(session, row)
    return row


def set_read(
    session: Session, user_id: UUID, notification_id: UUID, *, is_read: bool
) -> Notification:
    """Raises NotificationNotFound, also for somebody else's."""
    row = repository.set_read(session, user_id, notification_id, is_read=is_read)
    if row is None:
        raise NotificationNotFound
    _tell_read(session, user_id, [row.id])
    return row


def read_all(session: Session, user_id: UUID, before: UUID | None) -> int:
    """Mark everything as read, or one and what is older; how many were unread."""
    up_to = None
    if before is not None:
        newest = repository.find(session, user_id, before)
        if newest is None:
            raise NotificationNotFound
        up_to = (newest.created_at, newest.id)
    changed = repository.read_all(session, user_id, up_to=up_to)
    if changed:
        _tell_read(session, user_id, None)
    return changed


def delete(session: Session, user_id: UUID, notification_id: UUID) -> None:
    """Raises NotificationNotFound, also for somebody else's."""
    if not repository.mark_deleted(session, user_id, notification_id):
        raise NotificationNotFound
    _tell_read(session, user_id, [notification_id])


def _ring(session: Session, row: Notification) -> None:
    turkish, english = say(row.kind, row.facts, "tr"), say(row.kind, row.facts, "en")
    data = {
        "id": str(row.id),
        "kind": row.kind,
        "title_tr": turkish.title,
        "title_en": english.title,
        "href": turkish.href,
        "workspace_id": None if row.workspace_id is None else str(row.workspace_id),
        "unread": repository.unread_count(session, row.user_id),
    }
    live.tell(session, [row.user_id], "notification.created", data, workspace_id=None)


def _tell_read(session: Session, user_id: UUID, ids: Sequence[UUID] | None) -> None:
    data = {
        "ids": None if ids is None else [str(each) for each in ids],
        "unread": repository.unread_count(session, user_id),
    }
    live.tell(session, [user_id], "notification.read", data, workspace_id=None)
