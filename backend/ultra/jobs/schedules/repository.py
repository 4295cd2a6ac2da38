"""Every query about schedules that people see."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ultra.jobs.visibility import within
from ultra.kit.paging import Cursor, newest_first
from ultra.kit.tasks.schedules import Schedule


def find(session: Session, workspace_id: UUID | None, schedule_id: UUID) -> Schedule | None:
    """Locked, because every caller changes it."""
    return session.scalar(
        select(Schedule)
        .where(Schedule.id == schedule_id, within(Schedule.workspace_id, workspace_id))
        .with_for_update()
    )


def page(
    session: Session, workspace_id: UUID | None, *, after: Cursor | None, limit: int
) -> Sequence[Schedule]:
    query = select(Schedule).where(within(Schedule.workspace_id, workspace_id))
    query = newest_first(query, Schedule.created_at, Schedule.id, after=after, limit=limit)
    return session.scalars(query).all()


def count(session: Session, workspace_id: UUID) -> int:
    query = select(func.count()).where(Schedule.workspace_id == workspace_id)
    return session.scalars(query).one()


def clock(session: Session) -> datetime:
    """The database's time, by which schedules run."""
    return session.scalars(select(func.now())).one()
