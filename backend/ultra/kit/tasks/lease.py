"""A worker's hold on a job: won by a conditional update, kept by a heartbeat, lost by silence.

Every comparison of times uses the database's clock, so a worker whose clock is wrong does no harm.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks.journal import move
from ultra.kit.tasks.models import Job
from ultra.kit.tasks.queue import CANCELLED, DEADLINE_PASSED, tell_of_failure
from ultra.kit.tasks.registry import RateLimited, Refused, Retryable, get_task
from ultra.kit.tasks.running import RUNNING
from ultra.kit.tasks.states import JobState
from ultra.settings import settings

log = get_logger()

RETRY_BASE = timedelta(seconds=2)
RETRY_CAP = timedelta(minutes=15)
REPORT_SECONDS = 1.0


class StopReason(StrEnum):
    CANCELLED = "cancelled"
    LOST = "lost"
    """Another worker has, or may have, the job now."""
    DRAINING = "draining"
    """This worker is being shut down; the job goes back as it came."""
    OVERDUE = "overdue"
    """The job's deadline has passed."""


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

    def should_stop(self) -> bool:
        """True once the job was cancelled, lost, overdue, or its worker is shutting down."""
        return self.stop is not None

    def check(self) -> None:
        """A safe point to stop at. Raises Stopped."""
        if self.stop:
            raise Stopped(self.stop)

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
                session.execute(
                    update(Job)
                    .where(*self.held_rows())
                    .values(progress=min(max(progress, 0.0), 1.0), progress_note=note)
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


def lease_end() -> ColumnElement[Any]:
    """When a lease that is taken or renewed now will end, by the database's clock."""
    return func.now() + timedelta(seconds=settings.jobs.lease_seconds)


def claim(job_id: UUID, owner: str) -> Lease | None:
    """Win the job, or None when it is taken, finished, held back, called off or not due."""
    with transaction() as session:
        rows = move(
            session,
            JobState.RUNNING,
            Job.id == job_id,
            event="started",
            facts={"owner": owner},
            owner=owner,
            fence=Job.fence + 1,
            attempts=Job.attempts + 1,
            started_at=func.coalesce(Job.started_at, func.now()),
            lease_until=lease_end(),
        )
    return (
        Lease(job_id, rows[0].name, rows[0].args, rows[0].fence, rows[0].attempts) if rows else None
    )


def finish(lease: Lease, result: dict[str, Any] | None) -> bool:
    """Record that the job is done; False when it is not ours any more."""
    with transaction() as session:
        return _end(session, lease, JobState.DONE, "done", result=result)


def finish_cancelled(lease: Lease) -> None:
    """Record that the running job was called off."""
    with transaction() as session:
        if _end(session, lease, JobState.CANCELLED, "cancelled"):
            tell_of_failure(session, lease.name, lease.args, CANCELLED)


def release(lease: Lease) -> None:
    """Hand the job back unharmed: the next worker continues at the step where this one stopped."""
    with transaction() as session:
        _wait(session, lease, "released", timedelta(0), attempts=Job.attempts - 1)


def record_error(lease: Lease, error: Exception) -> None:
    """What an error means for the job: later, never again, or not any more."""
    code = error.code if isinstance(error, Refused) else type(error).__name__
    facts = {"error_code": code, "error": str(error)[:2000]}
    with transaction() as session:
        if lease.stop is StopReason.OVERDUE:
            _give_up(session, lease, JobState.DEAD, DEADLINE_PASSED, "")
        elif isinstance(error, RateLimited):
            _wait(session, lease, "rate_limited", error.after, attempts=Job.attempts - 1, **facts)
        elif isinstance(error, Refused):
            _give_up(session, lease, JobState.FAILED, code, facts["error"])
        elif lease.attempt >= _max_attempts(lease):
            _give_up(session, lease, JobState.DEAD, code, facts["error"])
        else:
            _wait(session, lease, "retried", _pause_after(lease, error), **facts)


def _pause_after(lease: Lease, error: Exception) -> timedelta:
    if isinstance(error, Retryable) and error.after is not None:
        return error.after
    delays = get_task(lease.name).delays
    if delays:
        # A tenth of jitter keeps a schedule recognisable and crowds apart.
        planned = delays[min(lease.attempt, len(delays)) - 1]
        return planned * (1 + random.random() / 10)  # noqa: S311 - jitter, not a secret
    # Full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter
    longest: timedelta = min(RETRY_CAP, RETRY_BASE * 2**lease.attempt)
    return longest * random.random()  # noqa: S311 - jitter, not a secret


def _max_attempts(lease: Lease) -> int:
    try:
        return get_task(lease.name).max_attempts
    except KeyError:
        # A job of a newer version of the code, seen during an upgrade: another worker will know it.
        return settings.jobs.max_attempts


def _wait(session: Session, lease: Lease, event: str, pause: timedelta, **values: Any) -> None:
    facts = {"error_code": values.get("error_code"), "error": values.get("error")}
    facts["pause_seconds"] = round(pause.total_seconds(), 1)
    move(
        session,
        JobState.WAITING,
        *lease.held_rows(),
        event=event,
        facts={name: fact for name, fact in facts.items() if fact is not None},
        is_urgent=not pause,
        owner=None,
        lease_until=None,
        not_before=func.now() + pause,
        **values,
    )


def _give_up(session: Session, lease: Lease, state: JobState, code: str, error: str) -> None:
    if _end(session, lease, state, state.value, error_code=code, error=error):
        tell_of_failure(session, lease.name, lease.args, code)


def _end(session: Session, lease: Lease, state: JobState, event: str, **values: Any) -> bool:
    if state is JobState.DONE:
        # What once went wrong is in the log; a job that is done has no error.
        values |= {"error_code": None, "error": None, "progress": 1.0}
    facts = {name: values[name] for name in ("error_code", "error") if values.get(name)}
    moved = move(
        session,
        state,
        *lease.held_rows(),
        event=event,
        facts=facts,
        owner=None,
        lease_until=None,
        finished_at=func.now(),
        **values,
    )
    return bool(moved)
