"""A notification as its reader sees it: the facts, said in the reader's language."""

from ultra.kit.errors import Language
from ultra.notifications.inbox.models import Notification
from ultra.notifications.inbox.schemas import NotificationRead
from ultra.notifications.kinds import KINDS
from ultra.notifications.sentences import say


def present(row: Notification, language: Language) -> NotificationRead:
    said = say(row.kind, row.facts, language)
    return NotificationRead(
        id=row.id,
        kind=row.kind,
        title=said.title,
        body=said.body,
        href=said.href,
        created_at=row.created_at,
        read_at=row.read_at,
        is_urgent=KINDS[row.kind].is_urgent,
    )
