"""Asking for work and calling it off."""

from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import case, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit import outbox
from ultra.kit.ids import new_id
from ultra.kit.tasks.models import OPEN_STATES, Job, JobState
from ultra.kit.tasks.registry import Priority, get_task


def enqueue(
    session: Session,
    name: str,
    *args: Any,
    priority: Priority = Priority.MEDIUM,
    workspace_id: UUID | None = None,
    subject_id: UUID | None = None,
    dedupe_key: str | None = None,
) -> UUID | None:
    """Ask for a task by name; it starts after this transaction commits, never if it rolls back.

    Arguments must be JSON (UUIDs become text). With a `dedupe_key` that an open job already has,
    nothing happens and None is returned. Raises KeyError for a name that no task has.
    """
    wanted = get_task(name)
    topic = f"{wanted.queue}.{priority}"
    trace = structlog.contextvars.get_contextvars().get("request_id")
    job_id = session.scalar(
        insert(Job)
        .values(
            id=new_id(),
            name=name,
            args=[str(arg) if isinstance(arg, UUID) else arg for arg in args],
            queue=wanted.queue,
            priority=priority,
            workspace_id=workspace_id,
            subject_id=subject_id,
            dedupe_key=dedupe_key,
            trace_id=trace,
        )
        .on_conflict_do_nothing()
        .returning(Job.id)
    )
    if job_id is not None:
        outbox.put(session, topic, {"job_id": str(job_id)})
    return job_id


def cancel(session: Session, subject_id: UUID, name: str) -> None:
    """Call off the open job on a subject: at once if it waits, else at its next breath."""
    is_running = Job.state == JobState.RUNNING
    # One statement: between two the job could change sides and be missed by both.
    session.execute(
        update(Job)
        .where(Job.subject_id == subject_id, Job.name == name, Job.state.in_(OPEN_STATES))
        .values(
            state=case((is_running, Job.state), else_=JobState.CANCELLED),
            finished_at=case((is_running, None), else_=func.now()),
            is_cancel_requested=True,
        )
    )
