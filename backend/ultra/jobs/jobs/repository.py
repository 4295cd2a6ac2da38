"""Every query about jobs that people see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from ultra.jobs.visibility import within
from ultra.kit.paging import Cursor, newest_first
from ultra.kit.tasks import Job, JobState, Priority, Queue
from ultra.kit.tasks.models import Trigger
from ultra.kit.tasks.states import GIVEN_UP

CHILDREN = 50


@dataclass(frozen=True)
class Wanted:
    """Which jobs a list shows; a field that is empty asks for nothing."""

    workspace_id: UUID | None
    """None: those of the whole installation."""
    states: Sequence[JobState] = ()
    queue: Queue | None = None
    priority: Priority | None = None
    trigger: Trigger | None = None
    name: str | None = None
    found_by: tuple[Sequence[str], UUID | None] | None = None
    """What a search led to: names of tasks, and an id if it was one."""
    subject_id: UUID | None = None
    parent_id: UUID | None = None


def find(session: Session, workspace_id: UUID | None, job_id: UUID) -> Job | None:
    return session.scalar(
        select(Job).where(Job.id == job_id, within(Job.workspace_id, workspace_id))
    )


def page(session: Session, wanted: Wanted, *, after: Cursor | None, limit: int) -> Sequence[Job]:
    query = select(Job).where(within(Job.workspace_id, wanted.workspace_id))
    if wanted.states:
        query = query.where(Job.state.in_(wanted.states))
    for column, value in (
        (Job.queue, wanted.queue),
        (Job.priority, wanted.priority),
        (Job.trigger, wanted.trigger),
        (Job.name, wanted.name),
        (Job.subject_id, wanted.subject_id),
        (Job.parent_id, wanted.parent_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.found_by:
        names, job_id = wanted.found_by
        query = query.where(Job.id == job_id if job_id else Job.name.in_(names))
    query = newest_first(query, Job.created_at, Job.id, after=after, limit=limit)
    return session.scalars(query).all()


def children(session: Session, job_id: UUID) -> Sequence[Job]:
    return session.scalars(
        select(Job).where(Job.parent_id == job_id).order_by(Job.created_at, Job.id).limit(CHILDREN)
    ).all()


def find_by_trigger(session: Session, trigger: Trigger, key: str) -> UUID | None:
    """The one job that this trigger ever started for the key."""
    return session.scalar(select(Job.id).where(Job.trigger == trigger, Job.trigger_key == key))


def ended_before(
    session: Session, age: timedelta, age_of_given_up: timedelta, limit: int
) -> Sequence[Job]:
    """Jobs that ended so long ago that nobody needs them any more; dead letters stay longer."""
    is_given_up = Job.state.in_(GIVEN_UP)
    return session.scalars(
        select(Job)
        .where(
            Job.finished_at < func.now() - min(age, age_of_given_up),
            or_(
                ~is_given_up & (Job.finished_at < func.now() - age),
                is_given_up & (Job.finished_at < func.now() - age_of_given_up),
            ),
        )
        .order_by(Job.finished_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def remove(session: Session, job_ids: Sequence[UUID]) -> None:
    session.execute(delete(Job).where(Job.id.in_(job_ids)))
