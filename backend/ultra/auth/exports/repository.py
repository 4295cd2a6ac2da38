"""Every query for exports. All times are the database's."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.auth.exports.models import Export
from ultra.auth.exports.states import ExportState
from ultra.kit.ids import new_id
from ultra.kit.tasks import Job

Found = tuple[Export, float | None]
"""An export, and how far its job is."""


def insert_if_none_runs(session: Session, workspace_id: UUID, user_id: UUID) -> Export | None:
    return session.scalar(
        insert(Export)
        .values(
            id=new_id(),
            workspace_id=workspace_id,
            requested_by=user_id,
            state=ExportState.RUNNING,
        )
        .on_conflict_do_nothing()
        .returning(Export)
    )


def list_all(session: Session, workspace_id: UUID) -> list[Found]:
    """The newest first."""
    rows = session.execute(
        select(Export, Job.progress)
        .outerjoin(Job, Job.id == Export.job_id)
        .where(Export.workspace_id == workspace_id)
        .order_by(Export.created_at.desc())
        .limit(50)
    )
    return [(row[0], row[1]) for row in rows]


def find(session: Session, workspace_id: UUID, export_id: UUID) -> Export | None:
    return session.scalar(
        select(Export).where(Export.id == export_id, Export.workspace_id == workspace_id)
    )


def find_for_work(session: Session, export_id: UUID) -> Export | None:
    """The row that the job works on; None when it has ended."""
    return session.scalar(
        select(Export).where(Export.id == export_id, Export.state == ExportState.RUNNING)
    )


def end(
    session: Session, export_id: UUID, state: ExportState, size: int | None, keep: timedelta
) -> None:
    session.execute(
        update(Export)
        .where(Export.id == export_id, Export.state == ExportState.RUNNING)
        .values(state=state, size=size, finished_at=func.now(), expires_at=func.now() + keep)
    )


def list_expired(session: Session, limit: int) -> Sequence[Export]:
    return session.scalars(
        select(Export)
        .where(Export.expires_at < func.now())
        .order_by(Export.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
