"""HTTP of notifications."""

from typing import Any

from ultra.auth import public as auth
from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes, caller_language
from ultra.kit.paging import next_cursor, read_cursor
from ultra.notifications.inbox import repository
from ultra.notifications.inbox import service as inbox
from ultra.notifications.inbox.presentation import present
from ultra.notifications.inbox.schemas import (
    Changed,
    NotificationPage,
    NotificationPath,
    NotificationQuery,
    NotificationRead,
    ReadAll,
    Unread,
)

routes = Routes("notifications", "inbox", prefix="/api/notifications")
ACCESS = Scope.NOTIFICATIONS


@routes.route_to("get", "", access=ACCESS, returns=NotificationPage)
def list_notifications(query: NotificationQuery) -> Any:
    """My notifications, newest first."""
    user_id = current_actor().user_id
    with read_only() as session:
        names = auth.workspace_names(session, user_id)
        rows = repository.page(
            session,
            user_id,
            is_unread=query.unread,
            kind=query.kind,
            after=read_cursor(query.cursor),
            limit=query.limit,
        )
    return {
        "items": [present(row, caller_language(), names) for row in rows],
        "next_cursor": next_cursor(rows, query.limit),
    }


@routes.route_to("get", "/unread", access=ACCESS, returns=Unread)
def count_unread() -> Any:
    """How many notifications I have not read."""
    with read_only() as session:
        return {"count": repository.unread_count(session, current_actor().user_id)}


@routes.route_to("post", "/<uuid:notification_id>/read", access=ACCESS, returns=NotificationRead)
def mark_read(path: NotificationPath) -> Any:
    """Mark one as read."""
    return _mark(path, is_read=True)


@routes.route_to("post", "/<uuid:notification_id>/unread", access=ACCESS, returns=NotificationRead)
def mark_unread(path: NotificationPath) -> Any:
    """Mark one as not read."""
    return _mark(path, is_read=False)


@routes.route_to("post", "/read-all", access=ACCESS, returns=Changed)
def mark_all_read(body: ReadAll) -> Any:
    """Mark all as read, or one and everything older."""
    with transaction() as session:
        return {"changed": inbox.read_all(session, current_actor().user_id, body.before)}


@routes.route_to("delete", "/<uuid:notification_id>", access=ACCESS)
def delete_notification(path: NotificationPath) -> None:
    """Remove one from the list."""
    with transaction() as session:
        inbox.delete(session, current_actor().user_id, path.notification_id)


def _mark(path: NotificationPath, *, is_read: bool) -> NotificationRead:
    user_id = current_actor().user_id
    with transaction() as session:
        row = inbox.set_read(session, user_id, path.notification_id, is_read=is_read)
        return present(row, caller_language(), auth.workspace_names(session, user_id))
