"""A worker's hold on a job: won by a conditional update, kept by a heartbeat, lost by silence.

Every comparison of times uses the database's clock, so a worker whose clock is wrong does no harm.
"""

import json
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

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ultra.kit.db import one_statement, transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks.journal import move, tell
from ultra.kit.tasks.models import Job
from ultra.kit.tasks.queue import (
    CANCELLED,
    DEADLINE_PASSED,
    TIME_LIMIT_EXCEEDED,
    tell_of_failure,
)
from ultra.kit.tasks.registry import RateLimited, Refused, Retryable, find_task, get_task
from ultra.kit.tasks.running import RUNNING
from ultra.kit.tasks.states import JobState
from ultra.settings import settings

log = get_logger()

RETRY_BASE = timedelta(seconds=2)
RETRY_CAP = timedelta(minutes=15)
REPORT_SECONDS = 1.0

_HELD = "id = :job_id and fence = :fence and state = 'running'"
_CLAIMED = """
  owner = :owner, fence = fence + 1, attempts = attempts + 1,
  started_at = coalesce(started_at, now()), lease_until = now() + :life
"""
_ENDED = "owner = null, lease_until = null, finished_at = now(), error_code = :code"
_WAITING = """
  owner = null, lease_until = null, not_before = now() + :pause, attempts = attempts - :uncounted,
  error_code = :code, error = :said
"""


class StopReason(StrEnum):
    CANCELLED = "cancelled"
    LOST = "lost"
    """Another worker has, or may have, the job now."""
    DRAINING = "draining"
    """This worker is being shut down; the job goes back as it came."""
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
                facts = {"progress": min(max(progress, 0.0), 1.0), "progress_note": note}
                tell(
                    session,
                    _HELD,
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


def finish(lease: Lease, result: dict[str, Any] | None) -> bool:
    """Record that the job is done; False when it is not ours any more."""
    with one_statement() as session:
        moved = move(
            session,
            JobState.DONE,
            _HELD,
            event="done",
            # What once went wrong is in the log; a job that is done has no error.
            sets=f"{_ENDED}, progress = 1, error = null, result = cast(:result as jsonb)",
            code=None,
            result=None if result is None else json.dumps(result),
            **lease.hold(),
        )
    return bool(moved)


def finish_cancelled(lease: Lease) -> None:
    """Record that the running job was called off."""
    with transaction() as session:
        _give_up(session, lease, JobState.CANCELLED, CANCELLED, None)


def release(lease: Lease) -> None:
    """Hand the job back unharmed: the next worker continues at the step where this one stopped."""
    with transaction() as session:
        _wait(session, lease, "released", timedelta(0), is_attempt=False)


def record_error(lease: Lease, error: Exception) -> None:
    """What an error means for the job: later, never again, or not any more."""
    code = error.code if isinstance(error, Refused) else type(error).__name__
    if lease.stop is StopReason.TOO_LONG:
        code = TIME_LIMIT_EXCEEDED
    said = str(error)[:2000]
    with transaction() as session:
        if lease.stop is StopReason.OVERDUE:
            _give_up(session, lease, JobState.DEAD, DEADLINE_PASSED, None)
        elif isinstance(error, RateLimited):
            _wait(
                session, lease, "rate_limited", error.after, is_attempt=False, code=code, said=said
            )
        elif isinstance(error, Refused):
            _give_up(session, lease, JobState.FAILED, code, said)
        elif lease.attempt >= _max_attempts(lease):
            _give_up(session, lease, JobState.DEAD, code, said)
        else:
            _wait(session, lease, "retried", _pause_after(lease, error), code=code, said=said)


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


def _wait(
    session: Session,
    lease: Lease,
    event: str,
    pause: timedelta,
    *,
    is_attempt: bool = True,
    code: str | None = None,
    said: str | None = None,
) -> None:
    facts = {"error_code": code, "error": said, "pause_seconds": round(pause.total_seconds(), 1)}
    move(
        session,
        JobState.WAITING,
        _HELD,
        event=event,
        sets=_WAITING,
        facts={name: fact for name, fact in facts.items() if fact is not None},
        is_urgent=not pause,
        pause=pause,
        uncounted=0 if is_attempt else 1,
        code=code,
        said=said,
        **lease.hold(),
    )


def _give_up(session: Session, lease: Lease, state: JobState, code: str, said: str | None) -> None:
    is_error = state is not JobState.CANCELLED
    moved = move(
        session,
        state,
        _HELD,
        event=state.value,
        sets=f"{_ENDED}, error = :said",
        facts={"error_code": code, "error": said} if is_error else None,
        code=code if is_error else None,
        said=said,
        **lease.hold(),
    )
    if moved:
        tell_of_failure(session, lease.name, lease.args, code)
