"""Removes what a deleted workspace leaves behind, once nobody can bring it back any more.

First files and documents, at last the rows: a crash in between leaves a workspace that is found
again and finished. What others wrote down about it in the audit log stays, as long as that lasts.
"""

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
from ultra.kit.tasks import Job, cancel_job
from ultra.kit.tasks.states import OPEN_STATES

log = get_logger()

KEPT = "audit_log"


def list_due() -> list[UUID]:
    """Workspaces whose week is over."""
    with read_only() as session:
        return repository.list_deleted(session, age=GRACE)


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
