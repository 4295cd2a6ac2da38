"""What became of a job: recorded by its worker, or by the sweeper for a worker that died."""

import json
import random
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ultra.kit.db import one_statement, transaction
from ultra.kit.tasks.journal import move, writable
from ultra.kit.tasks.lease import HELD, Lease, StopReason
from ultra.kit.tasks.models import Job
from ultra.kit.tasks.queue import (
    CANCELLED,
    DEADLINE_PASSED,
    TIME_LIMIT_EXCEEDED,
    WORKER_DIED,
    tell_of_failure,
)
from ultra.kit.tasks.registry import Postponed, RateLimited, Refused, Retryable, get_task
from ultra.kit.tasks.states import JobState
from ultra.settings import settings

RETRY_BASE = timedelta(seconds=2)
RETRY_CAP = timedelta(minutes=15)
OUTGROWN = "its worker needed more memory than it may"

_ENDED = "owner = null, lease_until = null, finished_at = now(), error_code = :code"
_WAITING = """
  owner = null, lease_until = null, not_before = now() + :pause, attempts = attempts - :uncounted,
  error_code = :code, error = :said
"""
_CRASHED = """
  crashes = crashes + 1, attempts = attempts - 1, owner = null, lease_until = null, error = :said
"""


def finish(lease: Lease, result: dict[str, Any] | None) -> bool:
    """Record that the job is done; False when it is not ours any more."""
    with one_statement() as session:
        moved = move(
            session,
            JobState.DONE,
            HELD,
            event="done",
            # What once went wrong is in the log; a job that is done has no error.
            sets=f"{_ENDED}, progress = 1, error = null, result = cast(:result as jsonb)",
            code=None,
            result=None if result is None else json.dumps(result),
            **lease.hold(),
        )
    return bool(moved)


def crash(lease: Lease) -> None:
    """Record that its worker had to end because of its memory, and that this job may be why."""
    with transaction() as session:
        held = session.execute(
            select(Job.id, Job.crashes, Job.is_cancel_requested)
            .where(*lease.held_rows())
            .with_for_update()
        ).one_or_none()
        if held is not None:
            settle_crash(session, held, OUTGROWN)


def settle_crash(session: Session, job: Row[UUID, int, bool], said: str | None = None) -> None:
    """What follows for a running job, locked, whose worker died.

    Crashes have a limit of their own; what killed the worker may not have been this job.
    """
    if job.is_cancel_requested:
        end(session, job.id, JobState.CANCELLED, CANCELLED, sets=_CRASHED, said=said)
    elif job.crashes + 1 > settings.jobs.max_crashes:
        end(session, job.id, JobState.DEAD, WORKER_DIED, sets=_CRASHED, said=said)
    else:
        facts = {"crashes": job.crashes + 1, "error": said}
        move(
            session,
            JobState.WAITING,
            "id = :job_id and state = 'running'",
            event="crashed",
            sets=f"{_CRASHED}, not_before = now()",
            facts={name: fact for name, fact in facts.items() if fact is not None},
            is_urgent=True,
            job_id=job.id,
            said=said,
        )


def end(
    session: Session,
    job_id: UUID,
    state: JobState,
    code: str,
    *,
    sets: str = "error = :said",
    said: str | None = None,
) -> None:
    """Give up a job that no worker has, and tell whoever wants to know."""
    facts = {"error_code": code, "error": said}
    moved = move(
        session,
        state,
        "id = :job_id",
        event=state.value,
        sets=f"finished_at = now(), error_code = :code, {sets}",
        facts={name: fact for name, fact in facts.items() if fact is not None},
        job_id=job_id,
        code=code,
        said=said,
    )
    for row in moved:
        tell_of_failure(session, row.id, row.name, row.args, code)


def finish_cancelled(lease: Lease) -> None:
    """Record that the running job was called off."""
    with transaction() as session:
        _give_up(session, lease, JobState.CANCELLED, CANCELLED, None)


def release(lease: Lease) -> None:
    """Hand the job back unharmed: the next worker continues at the step where this one stopped."""
    with transaction() as session:
        if _is_called_off(session, lease):
            _give_up(session, lease, JobState.CANCELLED, CANCELLED, None)
        else:
            _wait(session, lease, "released", timedelta(0), is_attempt=False)


def record_error(lease: Lease, error: Exception) -> None:
    """What an error means for the job: later, never again, or not any more."""
    code = writable(error.code) if isinstance(error, Refused) else type(error).__name__
    if lease.stop is StopReason.TOO_LONG:
        code = TIME_LIMIT_EXCEEDED
    said = writable(str(error)[:2000])
    with transaction() as session:
        if _is_called_off(session, lease):
            # It failed before it could hear of that; tried again, it would be work nobody wants.
            _give_up(session, lease, JobState.CANCELLED, CANCELLED, None)
        elif lease.stop is StopReason.OVERDUE:
            _give_up(session, lease, JobState.DEAD, DEADLINE_PASSED, None)
        elif isinstance(error, Postponed):
            event = "rate_limited" if isinstance(error, RateLimited) else "postponed"
            _wait(session, lease, event, error.after, is_attempt=False, code=code, said=said)
        elif isinstance(error, Refused):
            _give_up(session, lease, JobState.FAILED, code, said)
        elif lease.attempt >= _max_attempts(lease):
            _give_up(session, lease, JobState.DEAD, code, said)
        else:
            _wait(session, lease, "retried", _pause_after(lease, error), code=code, said=said)


def _is_called_off(session: Session, lease: Lease) -> bool:
    """Asked under the row's lock, so that a person who asks now is seen or comes too late."""
    asked = select(Job.is_cancel_requested).where(*lease.held_rows()).with_for_update()
    return bool(session.scalar(asked))


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
        HELD,
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
        HELD,
        event=state.value,
        sets=f"{_ENDED}, error = :said",
        facts={"error_code": code, "error": said} if is_error else None,
        code=code if is_error else None,
        said=said,
        **lease.hold(),
    )
    if moved:
        tell_of_failure(session, lease.job_id, lease.name, lease.args, code)
