"""A worker's hold on a job: won by a conditional update, kept by a heartbeat, lost by silence.

Every comparison of times uses the database's clock, so a worker whose clock is wrong does no harm.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks.models import Job, JobState
from ultra.kit.tasks.queue import enqueue
from ultra.kit.tasks.registry import Retryable, told_of_failure
from ultra.settings import settings

log = get_logger()

RETRY_BASE = timedelta(seconds=2)
RETRY_CAP = timedelta(minutes=15)


class StopReason(StrEnum):
    CANCELLED = "cancelled"
    LOST = "lost"
    """Another worker has, or may have, the job now."""
    DRAINING = "draining"
    """This worker is being shut down; the job goes back as it came."""


class Flag(Protocol):
    """An event of threads or of processes."""

    def is_set(self) -> bool: ...


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

    def should_stop(self) -> bool:
        """True once the job was cancelled, lost, or its worker is shutting down."""
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


_current: ContextVar[Lease] = ContextVar("lease")


def current_lease() -> Lease:
    """The lease of the task that is running here. Raises LookupError outside of one."""
    return _current.get()


def claim(job_id: UUID, owner: str) -> Lease | None:
    """Win the job, or None when it is taken, finished, cancelled or not due."""
    with transaction() as session:
        row = session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == JobState.QUEUED)
            .values(
                state=JobState.RUNNING,
                owner=owner,
                fence=Job.fence + 1,
                attempts=Job.attempts + 1,
                started_at=func.coalesce(Job.started_at, func.now()),
                lease_until=func.now() + timedelta(seconds=settings.jobs.lease_seconds),
            )
            .returning(Job.name, Job.args, Job.fence, Job.attempts)
        ).one_or_none()
    return Lease(job_id, row.name, row.args, row.fence, row.attempts) if row else None


@contextmanager
def held(lease: Lease, draining: Flag) -> Iterator[None]:
    """Renew the lease in the background while the block runs, and learn of cancellation."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(lease, over, draining), daemon=True)
    thread.start()
    token = _current.set(lease)
    try:
        yield
    finally:
        _current.reset(token)
        over.set()
        thread.join(timeout=5)


def _beat(lease: Lease, over: threading.Event, draining: Flag) -> None:
    # Much more often than the lease needs: a cancelled render should stop within two seconds.
    pause = min(settings.jobs.lease_seconds / 3, 1.0)
    while not over.wait(pause):
        if draining.is_set() and lease.stop is None:
            lease.stop = StopReason.DRAINING
        try:
            with transaction() as session:
                row = session.execute(
                    update(Job)
                    .where(*lease.held_rows())
                    .values(lease_until=func.now() + timedelta(seconds=settings.jobs.lease_seconds))
                    .returning(Job.is_cancel_requested)
                ).one_or_none()
        except SQLAlchemyError as error:
            # The database may be restarting; the lease decides whether we are still in time.
            log.warning("job.heartbeat_failed", job_id=str(lease.job_id), error=str(error)[:200])
            continue
        if row is None and not over.is_set():
            lease.stop = StopReason.LOST
            log.warning("job.lease_lost", job_id=str(lease.job_id), fence=lease.fence)
            return
        if row is not None and row.is_cancel_requested:
            lease.stop = StopReason.CANCELLED


def finish(lease: Lease, state: JobState, error: BaseException | None = None) -> None:
    """Record how the job ended, if it is still ours."""
    with transaction() as session:
        _settle(session, lease, state, error)


def release(lease: Lease) -> None:
    """Hand the job back unharmed: the next worker continues at the step where this one stopped."""
    with transaction() as session:
        _update(
            session,
            lease,
            state=JobState.WAITING,
            owner=None,
            lease_until=None,
            attempts=Job.attempts - 1,
            not_before=func.now(),
        )


def record_error(lease: Lease, error: Exception) -> None:
    """Try again later with full jitter, or give up after the last attempt."""
    with transaction() as session:
        if lease.attempt >= settings.jobs.max_attempts:
            _settle(session, lease, JobState.FAILED, error)
            return
        after = error.after if isinstance(error, Retryable) else None
        if after is None:
            longest = min(RETRY_CAP, RETRY_BASE * 2**lease.attempt)
            after = longest * random.random()  # noqa: S311 - jitter, not a secret
        _update(
            session,
            lease,
            state=JobState.WAITING,
            owner=None,
            lease_until=None,
            not_before=func.now() + after,
            error_code=type(error).__name__,
            error=str(error)[:2000],
        )


def _settle(session: Session, lease: Lease, state: JobState, error: BaseException | None) -> None:
    is_ours = _update(
        session,
        lease,
        state=state,
        owner=None,
        lease_until=None,
        finished_at=func.now(),
        error_code=type(error).__name__ if error else None,
        error=str(error)[:2000] if error else None,
    )
    told = told_of_failure(lease.name)
    if is_ours and told and state is JobState.FAILED:
        enqueue(session, told, *lease.args, type(error).__name__)


def _update(session: Session, lease: Lease, **values: Any) -> bool:
    changed = session.execute(
        update(Job).where(*lease.held_rows()).values(**values).returning(Job.id)
    ).one_or_none()
    return changed is not None
