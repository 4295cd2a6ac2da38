"""Removes what a deleted workspace leaves behind, once nobody can bring it back any more.

First what others hold of it, such as a grant at GitHub (`before_removal`), then files and
documents, at last the rows: a crash in between leaves a workspace that is found again and finished.
What others wrote down about it in the audit log stays, as long as that lasts.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.members.service import GRACE
from ultra.auth.workspaces import repository
from ultra.kit.db import Base, read_only, transaction
from ultra.kit.documents import documents
from ultra.kit.log import get_logger
from ultra.kit.storage import storage
from ultra.kit.tasks import Job, Retryable, cancel_job
from ultra.kit.tasks.states import OPEN_STATES

log = get_logger()

KEPT = "audit_log"
PATIENCE = timedelta(days=1)
"""For so long a workspace waits for somebody outside who does not answer."""


Farewell = Callable[[UUID], None]
"""Takes leave of somebody outside, for one workspace. Raises Retryable where that must wait."""
_farewells: list[Farewell] = []


def before_removal(say: Farewell) -> Farewell:
    """Have a service above say goodbye while the workspace's rows and secrets are still there."""
    _farewells.append(say)
    return say


def list_due() -> list[UUID]:
    """Workspaces whose week is over."""
    with read_only() as session:
        return repository.list_deleted(session, age=GRACE)


def take_leave(workspace_id: UUID) -> bool:
    """Whether the workspace may be removed: everybody outside knows, or has been away for too long.

    Otherwise it waits for the next time.
    """
    with read_only() as session:
        is_late = workspace_id in repository.list_deleted(session, age=GRACE + PATIENCE)
    may_go = True
    for say in _farewells:
        try:
            say(workspace_id)
        except Retryable as error:
            may_go = may_go and is_late
            log.warning(
                "workspace.farewell_given_up" if is_late else "workspace.farewell_later",
                removed_id=str(workspace_id),
                farewell=say.__name__,
                reason=str(error),
            )
    return may_go


def remove(workspace_id: UUID) -> None:
    """Remove everything of a workspace. Safe to repeat."""
    with transaction() as session:
        for job_id in _open_jobs(session, workspace_id):
            cancel_job(session, job_id)
    files = storage().delete(f"workspaces/{workspace_id}")
    found = documents().remove_all(workspace_id)
    with transaction() as session:
        workspace = repository.find(session, workspace_id)
        if workspace is None:
            return
        for table in reversed(Base.metadata.sorted_tables):
            # Most rows hang on the workspace and go with it; these do not.
            if "workspace_id" in table.c and table.name != KEPT and not _hangs_on(table):
                session.execute(table.delete().where(table.c.workspace_id == workspace_id))
        facts = {"name": workspace.name, "files": files, "documents": found}
        repository.remove(session, workspace_id)
        audit.record(
            session,
            "workspace.removed",
            object_type="workspace",
            object_id=workspace_id,
            facts=facts,
        )
    log.info("workspace.removed", removed_id=str(workspace_id), files=files)


def _open_jobs(session: Session, workspace_id: UUID) -> list[UUID]:
    query = select(Job.id).where(Job.workspace_id == workspace_id, Job.state.in_(OPEN_STATES))
    return list(session.scalars(query))


def _hangs_on(table: Table) -> bool:
    keys = table.c.workspace_id.foreign_keys
    return any(key.column.table.name == "workspaces" for key in keys)
