"""Every query about dead letters."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ultra.jobs.visibility import within
from ultra.kit.tasks import Job
from ultra.kit.tasks.states import GIVEN_UP


def chosen(
    session: Session,
    workspace_id: UUID | None,
    *,
    ids: Sequence[UUID] | None,
    name: str | None,
    limit: int,
) -> list[UUID]:
    """The oldest first."""
    query = select(Job.id).where(Job.state.in_(GIVEN_UP), within(Job.workspace_id, workspace_id))
    if ids is not None:
        query = query.where(Job.id.in_(ids))
    if name is not None:
        query = query.where(Job.name == name)
    return list(session.scalars(query.order_by(Job.finished_at, Job.id).limit(limit)))
