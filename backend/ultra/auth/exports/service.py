"""The rules of exports: one at a time for each workspace, for its owners, for seven days."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.exports import repository
from ultra.auth.exports.errors import ExportNotFound, ExportNotReady, ExportRunning
from ultra.auth.exports.models import Export
from ultra.auth.exports.repository import Found
from ultra.auth.exports.states import ExportState
from ultra.kit.access import Actor
from ultra.kit.storage import storage
from ultra.kit.tasks import enqueue, is_taken_up_again

MAKE = "auth.export_workspace"
KEEP = timedelta(days=7)
BATCH = 50


def start(session: Session, actor: Actor) -> Export:
    """Raises ExportRunning."""
    export = repository.insert_if_none_runs(session, actor.workspace_id, actor.user_id)
    if export is None:
        raise ExportRunning
    export.job_id = enqueue(
        session, MAKE, export.id, workspace_id=actor.workspace_id, subject_id=export.id
    )
    _record(session, "export.requested", export)
    return export


def list_all(session: Session, actor: Actor) -> list[Found]:
    return repository.list_all(session, actor.workspace_id)


def download(session: Session, actor: Actor, export_id: UUID) -> Export:
    """The finished export, and a note of who took it. Raises ExportNotFound, ExportNotReady."""
    export = repository.find(session, actor.workspace_id, export_id)
    if export is None or export.state is ExportState.FAILED:
        raise ExportNotFound
    if export.state is ExportState.RUNNING:
        raise ExportNotReady
    _record(session, "export.downloaded", export)
    return export


def find_for_work(session: Session, export_id: UUID) -> Export | None:
    return repository.find_for_work(session, export_id)


def finish(session: Session, export_id: UUID, size: int) -> None:
    repository.end(session, export_id, ExportState.READY, size, KEEP)


def fail(session: Session, export_id: UUID) -> None:
    """Its job ended without success."""
    if not is_taken_up_again(session):
        repository.end(session, export_id, ExportState.FAILED, None, KEEP)


def remove_expired(session: Session) -> int:
    """Remove files and rows whose time is over; how many."""
    expired = repository.list_expired(session, BATCH)
    for export in expired:
        storage().remove(key_of(export.workspace_id, export.id))
        session.delete(export)
    return len(expired)


def key_of(workspace_id: UUID, export_id: UUID) -> str:
    """Where the file lies in the storage."""
    return f"workspaces/{workspace_id}/exports/{export_id}.zip"


def _record(session: Session, action: str, export: Export) -> None:
    audit.record(session, action, object_type="export", object_id=export.id)
