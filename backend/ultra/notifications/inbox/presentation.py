"""A notification as its reader sees it: the facts, said in the reader's language."""

from uuid import UUID

from ultra.kit.errors import Language
from ultra.notifications.inbox.models import Notification
from ultra.notifications.inbox.schemas import NotificationRead, NotificationWorkspace
from ultra.notifications.kinds import KINDS
from ultra.notifications.sentences import say


def present(row: Notification, language: Language, names: dict[UUID, str]) -> NotificationRead:
    """`names` are those of the reader's workspaces."""
    said = say(row.kind, row.facts, language)
    return NotificationRead(
        id=row.id,
        kind=row.kind,
        title=said.title,
        body=said.body,
        href=said.href,
        workspace=_workspace(row.workspace_id, names),
        created_at=row.created_at,
        read_at=row.read_at,
        is_urgent=KINDS[row.kind].is_urgent,
    )


def _workspace(workspace_id: UUID | None, names: dict[UUID, str]) -> NotificationWorkspace | None:
    if workspace_id is None or workspace_id not in names:
        return None
    return NotificationWorkspace(id=workspace_id, name=names[workspace_id])
