"""Every query for the statistics of jobs.

Each looks only at jobs that are open, that are dead letters, or that ended lately; all three have
an index, so that years of finished jobs cost nothing.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, case, func, select
from sqlalchemy.orm import Session

from ultra.jobs.visibility import within
from ultra.kit.tasks import Job, JobState
from ultra.kit.tasks.states import GIVEN_UP, OPEN_STATES

_is_open = Job.state.in_(OPEN_STATES)
_is_due = Job.state.in_((JobState.WAITING, JobState.QUEUED)) & (Job.not_before <= func.now())


def _seconds(span: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.extract("epoch", span)


# A retry sets the due time anew, behind the first start: that says nothing of lateness.
_lateness = case(
    (Job.started_at >= Job.not_before, _seconds(Job.started_at - Job.not_before)), else_=None
)


def open_jobs(
    session: Session, workspace_id: UUID | None
) -> Sequence[Row[str, str, JobState, int, Any]]:
    """By queue, priority and state: how many, and for how long the first due one has waited."""
    oldest = func.min(Job.not_before).filter(_is_due)
    return session.execute(
        select(
            Job.queue,
            Job.priority,
            Job.state,
            func.count().label("jobs"),
            _seconds(func.now() - oldest).label("oldest_seconds"),
        )
        .where(_is_open, within(Job.workspace_id, workspace_id))
        .group_by(Job.queue, Job.priority, Job.state)
    ).all()


def given_up(session: Session, workspace_id: UUID | None) -> dict[JobState, int]:
    rows = session.execute(
        select(Job.state, func.count().label("jobs"))
        .where(Job.state.in_(GIVEN_UP), within(Job.workspace_id, workspace_id))
        .group_by(Job.state)
    )
    return {row.state: row.jobs for row in rows}


def ended_lately(session: Session, workspace_id: UUID | None) -> Row[int, int, int]:
    """Of the last day: how many; of the last minute: how many."""
    is_done = Job.state == JobState.DONE
    return session.execute(
        select(
            func.count().filter(is_done).label("done"),
            func.count().filter(Job.state == JobState.CANCELLED).label("cancelled"),
            func.count()
            .filter(is_done, Job.finished_at > func.now() - timedelta(minutes=1))
            .label("done_in_last_minute"),
        ).where(
            Job.finished_at > func.now() - timedelta(days=1),
            within(Job.workspace_id, workspace_id),
        )
    ).one()


def lateness(
    session: Session, workspace_id: UUID | None, parts: Sequence[float]
) -> list[float] | None:
    """The lateness under which these parts of the last hour's jobs stayed; None without jobs."""
    found: list[float] | None = session.scalar(
        select(func.percentile_cont(parts).within_group(_lateness)).where(
            Job.finished_at > func.now() - timedelta(hours=1),
            within(Job.workspace_id, workspace_id),
        )
    )
    return found


def ends(
    session: Session, workspace_id: UUID | None, start: datetime, width: timedelta
) -> Sequence[Row[Any]]:
    """By time span since `start`: how jobs ended, and how late half and 95 % of them began."""
    span = func.date_bin(width, Job.finished_at, start).label("at")
    return session.execute(
        select(
            span,
            *(
                func.count().filter(Job.state == state).label(state.value)
                for state in (JobState.DONE, JobState.FAILED, JobState.DEAD)
            ),
            func.percentile_cont([0.5, 0.95]).within_group(_lateness).label("lateness"),
        )
        .where(Job.finished_at >= start, within(Job.workspace_id, workspace_id))
        .group_by(span)
    ).all()


def last_span(session: Session, width: timedelta) -> datetime:
    """Where the span begins that the database's clock is in."""
    beat = datetime(2000, 1, 1, tzinfo=UTC)
    found: datetime = session.scalars(select(func.date_bin(width, func.now(), beat))).one()
    return found
