"""Asking for work, and what people may do to it: call off, hold back, let go on, put back, drop."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import ColumnElement

from ultra.kit.ids import new_id
from ultra.kit.tasks.journal import create, move, note
from ultra.kit.tasks.models import Job, Trigger
from ultra.kit.tasks.registry import Priority, find_task, get_task, revive
from ultra.kit.tasks.running import running_job_id
from ultra.kit.tasks.states import GIVEN_UP, OPEN_STATES, JobState

# Error codes of the engine itself, which a task's `failed` may be told.
CANCELLED = "Cancelled"
WORKER_DIED = "WorkerDied"
DEADLINE_PASSED = "DeadlinePassed"
TIME_LIMIT_EXCEEDED = "TimeLimitExceeded"

_AS_NEW = """
  args = cast(:args as jsonb), attempts = 0, crashes = 0, is_cancel_requested = false,
  not_before = now(), deadline = null, finished_at = null, error_code = null, error = null,
  progress = null, progress_note = null
"""


def enqueue(
    session: Session,
    name: str,
    *args: Any,
    priority: Priority = Priority.MEDIUM,
    workspace_id: UUID | None = None,
    subject_id: UUID | None = None,
    dedupe_key: str | None = None,
    trigger: Trigger = Trigger.API,
    trigger_key: str | None = None,
    parent_id: UUID | None = None,
    not_before: datetime | timedelta | None = None,
    deadline: datetime | None = None,
) -> UUID | None:
    """Ask for a task by name; it starts after this transaction commits, never if it rolls back.

    Arguments must be JSON (UUIDs become text). With a `dedupe_key` that an open job has, or a
    `trigger_key` that any job of this trigger ever had, nothing happens and None is returned.
    `not_before` may be a pause from now; the parent is the job that runs here unless it is named.
    Raises KeyError for a name that no task has.
    """
    wanted = get_task(name)
    job_id, is_pause = new_id(), isinstance(not_before, timedelta)
    values = {
        "id": job_id,
        "name": name,
        "args": [str(arg) if isinstance(arg, UUID) else arg for arg in args],
        "queue": wanted.queue.value,
        "priority": priority.value,
        "trigger": trigger.value,
        "trigger_key": trigger_key,
        "dedupe_key": dedupe_key,
        "workspace_id": workspace_id,
        "subject_id": subject_id,
        "parent_id": parent_id or running_job_id(),
        "deadline": deadline,
        "trace_id": structlog.contextvars.get_contextvars().get("request_id"),
        "not_before": None if is_pause else not_before,
        "pause": not_before if is_pause else timedelta(0),
    }
    return job_id if create(session, values) else None


def cancel(session: Session, subject_id: UUID, name: str) -> None:
    """Call off the open job on a subject: at once if it waits, else at its next breath.

    The caller knows already: of a job that has not begun the task's `failed` is not told.
    """
    _cancel(session, Job.subject_id == subject_id, Job.name == name)


def cancel_job(session: Session, job_id: UUID) -> bool:
    """Call a job off; False when it has ended already. The task's `failed` is told."""
    return _cancel(session, Job.id == job_id, tells=True)


def _cancel(session: Session, *which: ColumnElement[bool], tells: bool = False) -> bool:
    # Locked first: between two looks the job could change sides and be missed by both.
    found = session.execute(
        select(Job.id, Job.state, Job.is_cancel_requested)
        .where(*which, Job.state.in_(OPEN_STATES))
        .with_for_update()
    ).all()
    for job in found:
        if job.state is not JobState.RUNNING:
            moved = move(
                session,
                JobState.CANCELLED,
                "id = :job_id",
                event="cancelled",
                sets="finished_at = now(), is_cancel_requested = true",
                job_id=job.id,
            )
            if tells:
                tell_of_failure(session, job.id, moved[0].name, moved[0].args, CANCELLED)
        elif not job.is_cancel_requested:
            note(
                session,
                "id = :job_id",
                event="cancel_requested",
                sets="is_cancel_requested = true",
                job_id=job.id,
            )
    return bool(found)


def pause_job(session: Session, job_id: UUID) -> bool:
    """Hold back a job that has not begun; False in any other state."""
    return bool(move(session, JobState.PAUSED, "id = :job_id", event="paused", job_id=job_id))


def resume_job(session: Session, job_id: UUID) -> bool:
    """Let a paused job go on; False in any other state."""
    moved = move(
        session,
        JobState.WAITING,
        "id = :job_id and state = 'paused'",
        event="resumed",
        is_urgent=True,
        job_id=job_id,
    )
    return bool(moved)


def put_back(session: Session, job_id: UUID, args: list[Any] | None = None) -> bool:
    """Give a dead letter a new life, with other arguments if given.

    False when it is none, or when another open job has its `dedupe_key`. The task's service may
    refuse by raising its own error.
    """
    job = session.execute(
        select(Job.name, Job.args)
        .where(Job.id == job_id, Job.state.in_(GIVEN_UP))
        .with_for_update()
    ).one_or_none()
    if job is None:
        return False
    wanted = job.args if args is None else args
    revive(session, job.name, wanted)
    try:
        with session.begin_nested():
            move(
                session,
                JobState.WAITING,
                "id = :job_id and state in ('failed', 'dead')",
                event="put_back",
                sets=_AS_NEW,
                facts={"is_edited": args is not None},
                is_urgent=True,
                job_id=job_id,
                args=json.dumps(wanted),
            )
    except IntegrityError:
        return False
    return True


def drop(session: Session, job_id: UUID) -> bool:
    """Take a job off the list of dead letters; False when it is none."""
    moved = move(
        session,
        JobState.CANCELLED,
        "id = :job_id and state in ('failed', 'dead')",
        event="dropped",
        job_id=job_id,
    )
    return bool(moved)


def tell_of_failure(session: Session, job_id: UUID, name: str, args: list[Any], code: str) -> None:
    """Start the task that wants to know that a job ended without success, if there is one."""
    known = find_task(name)
    if known and known.failed:
        enqueue(session, known.failed, *args, code, trigger=Trigger.EVENT, parent_id=job_id)


def is_taken_up_again(session: Session) -> bool:
    """Whether the work whose failure the running job was told of is open: put back, or asked anew.

    Such news comes late, and what is open now will tell of its own end. Ask under the lock of what
    the work is about: whoever takes it up waits for that lock, or came first and is seen here.
    False in a job that was told of no failure.
    """
    hearer = aliased(Job)
    failed = session.execute(
        select(Job.name, Job.state, Job.dedupe_key, hearer.name.label("hearer"))
        .join(hearer, hearer.parent_id == Job.id)
        .where(hearer.id == running_job_id())
    ).one_or_none()
    known = find_task(failed.name) if failed else None
    if failed is None or known is None or known.failed != failed.hearer:
        return False
    if failed.state in OPEN_STATES:
        return True
    same = exists().where(Job.dedupe_key == failed.dedupe_key, Job.state.in_(OPEN_STATES))
    return failed.dedupe_key is not None and bool(session.scalar(select(same)))
