"""A worker's hold on a job: won by a conditional update, kept by a heartbeat, lost by silence.

Every comparison of times uses the database's clock, so a worker whose clock is wrong does no harm.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ultra.kit.db import one_statement, transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks.journal import move, tell, writable
from ultra.kit.tasks.models import Job
from ultra.kit.tasks.registry import find_task
from ultra.kit.tasks.running import RUNNING
from ultra.kit.tasks.states import JobState
from ultra.settings import settings

log = get_logger()

REPORT_SECONDS = 1.0

HELD = "id = :job_id and fence = :fence and state = 'running'"
"""What only the job's row meets, and only while the lease is ours; see Lease.hold."""
_CLAIMED = """
  owner = :owner, fence = fence + 1, attempts = attempts + 1,
  started_at = coalesce(started_at, now()), lease_until = now() + :life
"""


class StopReason(StrEnum):
    CANCELLED = "cancelled"
    LOST = "lost"
    """Another worker has, or may have, the job now."""
    DRAINING = "draining"
    """This worker is being shut down; the job goes back as it came."""
    OUTGROWN = "outgrown"
    """This worker ends because it needs more memory than it may, and this job may be why."""
    OVERDUE = "overdue"
    """The job's deadline has passed."""
    TOO_LONG = "too_long"
    """It has run for longer than its task may."""


class Stopped(Exception):
    """Raised in a task at a safe point when it is to stop."""


@dataclass
class Lease:
    """What a running task knows of its own job."""

    job_id: UUID
    name: str
    args: list[Any]
    fence: int
    attempt: int
    stop: StopReason | None = field(default=None)
    reported_at: float = field(default=0.0)
    began_at: float = field(default_factory=time.monotonic)

    @property
    def overtime(self) -> float:
        """Seconds by which it has run for longer than its task may; below zero until then."""
        known = find_task(self.name)
        limit = known.limit_seconds if known else settings.jobs.limit_minutes * 60
        return time.monotonic() - self.began_at - limit

    def should_stop(self) -> bool:
        """True once the job was cancelled, lost, overdue, or its worker is shutting down."""
        return self.stop is not None

    def check(self) -> None:
        """A safe point to stop at. Raises Stopped."""
        if self.stop:
            raise Stopped(self.stop)

    def hold(self) -> dict[str, Any]:
        """Parameters of a statement that only changes the job while the lease is ours."""
        return {"job_id": self.job_id, "fence": self.fence}

    def held_rows(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions that only this job's row meets, and only while the lease is ours."""
        return Job.id == self.job_id, Job.fence == self.fence, Job.state == JobState.RUNNING

    def guard(self, session: Session) -> None:
        """Make this transaction fail unless the job is still ours; call it before each write.

        The row stays locked until the commit, so no other worker can claim it in between.
        """
        held = session.scalar(select(Job.id).where(*self.held_rows()).with_for_update())
        if held is None:
            self.stop = StopReason.LOST
            raise Stopped(StopReason.LOST)

    def report(self, progress: float, note: str | None = None) -> None:
        """Say how far the work is, 0 to 1. At most once a second, and never in the way."""
        if time.monotonic() - self.reported_at < REPORT_SECONDS:
            return
        self.reported_at = time.monotonic()
        try:
            with transaction() as session:
                facts = {
                    "progress": min(max(progress, 0.0), 1.0),
                    "progress_note": note and writable(note),
                }
                tell(
                    session,
                    HELD,
                    event="progress",
                    sets="progress = :progress, progress_note = :progress_note",
                    facts=facts,
                    job_id=self.job_id,
                    fence=self.fence,
                    **facts,
                )
        except SQLAlchemyError as error:
            log.warning("job.progress_not_written", error=str(error)[:200])


_current: ContextVar[Lease] = ContextVar("lease")


def current_lease() -> Lease:
    """The lease of the task that is running here. Raises LookupError outside of one."""
    return _current.get()


@contextmanager
def as_current(lease: Lease) -> Iterator[None]:
    """Make it the lease of all that the block calls."""
    lease_token, id_token = _current.set(lease), RUNNING.set(lease.job_id)
    try:
        yield
    finally:
        RUNNING.reset(id_token)
        _current.reset(lease_token)


def lease_life() -> timedelta:
    """How long a lease lives that is taken or renewed now."""
    return timedelta(seconds=settings.jobs.lease_seconds)


def claim(job_id: UUID, owner: str) -> Lease | None:
    """Win the job, or None when it is taken, finished, held back, called off or not due."""
    with one_statement() as session:
        rows = move(
            session,
            JobState.RUNNING,
            "id = :job_id",
            event="started",
            sets=_CLAIMED,
            facts={"owner": owner},
            job_id=job_id,
            owner=owner,
            life=lease_life(),
        )
    return (
        Lease(job_id, rows[0].name, rows[0].args, rows[0].fence, rows[0].attempts) if rows else None
    )
