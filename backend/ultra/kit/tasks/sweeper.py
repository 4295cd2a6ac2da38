"""Hands out again what stands still: due jobs, ended leases, lost messages."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Column, DateTime, Table, Text, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit import outbox
from ultra.kit.db import Base, transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks.models import Job, JobState
from ultra.kit.tasks.queue import enqueue
from ultra.kit.tasks.registry import Priority, recurring_tasks, told_of_failure
from ultra.settings import settings

log = get_logger()

BATCH = 200
RESEND_AFTER = timedelta(seconds=10)
"""A queued job that nobody claimed for this long is sent again, then after twice, four times…"""

recurrences = Table(
    "recurrences",
    Base.metadata,
    Column("name", Text, primary_key=True),
    Column("next_at", DateTime(timezone=True), nullable=False),
)


def sweep_once() -> int:
    """One round over all open jobs; how many were handed out or given up."""
    with transaction() as session:
        changed = _requeue_due(session) + _settle_expired(session) + _resend_lost(session)
        _start_recurring(session)
    return changed


def _requeue_due(session: Session) -> int:
    due = (
        select(Job.id)
        .where(Job.state == JobState.WAITING, Job.not_before <= func.now())
        .order_by(Job.not_before)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return _queue(session, list(session.scalars(due)))


def _settle_expired(session: Session) -> int:
    expired = session.scalars(
        select(Job)
        .where(Job.state == JobState.RUNNING, Job.lease_until < func.now())
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    again: list[UUID] = []
    for job in expired:
        job.crashes += 1
        # Crashes have a limit of their own; what killed the worker may not have been this job.
        job.attempts -= 1
        job.owner = None
        log.warning("job.lease_expired", job_id=str(job.id), task=job.name, crashes=job.crashes)
        if job.is_cancel_requested:
            _end(job, JobState.CANCELLED)
        elif job.crashes > settings.jobs.max_crashes:
            _end(job, JobState.DEAD)
            job.error_code = "WorkerDied"
            if told := told_of_failure(job.name):
                enqueue(session, told, *job.args, "WorkerDied")
        else:
            again.append(job.id)
    session.flush()
    _queue(session, again)
    return len(expired)


def _end(job: Job, state: JobState) -> None:
    job.state = state
    job.lease_until = None
    job.finished_at = func.now()


def _resend_lost(session: Session) -> int:
    # Doubling keeps a long but healthy queue from being filled with copies of itself.
    lost = (
        select(Job.id)
        .where(
            Job.state == JobState.QUEUED,
            Job.sent_at < func.now() - RESEND_AFTER * func.power(2, func.least(Job.sends, 8)),
        )
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    found = list(session.scalars(lost))
    if found:
        log.warning("job.sent_again", count=len(found))
    return _queue(session, found, again=True)


def _queue(session: Session, job_ids: list[UUID], *, again: bool = False) -> int:
    rows = session.execute(
        update(Job)
        .where(Job.id.in_(job_ids))
        .values(
            state=JobState.QUEUED,
            sent_at=func.now(),
            sends=Job.sends + 1 if again else 0,
            lease_until=None,
        )
        .returning(Job.id, Job.queue, Job.priority)
    ).all()
    for row in rows:
        outbox.put(session, f"{row.queue}.{row.priority}", {"job_id": str(row.id)})
    return len(rows)


def _start_recurring(session: Session) -> None:
    for task, every in recurring_tasks():
        # One statement: the first dispatcher to find it due, or new, moves it on and starts it.
        upcoming = insert(recurrences).values(name=task.name, next_at=func.now() + every)
        due = session.scalar(
            upcoming.on_conflict_do_update(
                index_elements=[recurrences.c.name],
                set_={"next_at": upcoming.excluded.next_at},
                where=recurrences.c.next_at <= func.now(),
            ).returning(recurrences.c.name)
        )
        if due:
            enqueue(session, task.name, priority=Priority.LOW, dedupe_key=f"recurring:{task.name}")
