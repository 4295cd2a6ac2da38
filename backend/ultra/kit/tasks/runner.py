"""Runs one job from claim to record; what Celery calls with a job's id."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError

from ultra.kit.log import get_logger
from ultra.kit.tasks import outcomes
from ultra.kit.tasks.keeper import keeper
from ultra.kit.tasks.lease import Lease, StopReason, claim
from ultra.kit.tasks.presence import owner
from ultra.kit.tasks.registry import Postponed, Refused, get_task
from ultra.settings import settings

log = get_logger()

RECORD_AGAIN_SECONDS = 0.5
DATABASE_PAUSE = timedelta(seconds=2)


def run_job(job_id: UUID) -> None:
    """Do the job if it can be won; every outcome is recorded in its row."""
    try:
        lease = claim(job_id, owner())
    except SQLAlchemyError as error:
        # It stays queued and is sent again; if the claim did commit, its lease ends soon.
        log.warning("job.claim_failed", job_id=str(job_id), error=str(error)[:200])
        return
    if lease is None:
        log.info("job.not_claimed", job_id=str(job_id))
        return
    with structlog.contextvars.bound_contextvars(
        job_id=str(job_id), task=lease.name, attempt=lease.attempt
    ):
        log.info("job.started")
        with keeper.holding(lease):
            result, fault = _attempt(lease)
            _record_surely(lease, result, fault)


def _attempt(lease: Lease) -> tuple[dict[str, Any] | None, Exception | None]:
    try:
        result = get_task(lease.name).run(*lease.args)
    except Exception as error:  # noqa: BLE001 - whatever went wrong is recorded, never lost
        return None, error
    return result if isinstance(result, dict) else None, None


def _record_surely(lease: Lease, result: dict[str, Any] | None, error: Exception | None) -> None:
    """Record, again if the database went away: writing twice does no harm, rerunning costs more."""
    give_up_at = time.monotonic() + settings.jobs.lease_seconds
    while True:
        try:
            _record(lease, result, error)
        except Exception as trouble:  # noqa: BLE001 - what is not recorded is done again
            log.warning("job.not_recorded", error=repr(trouble)[:200])
            if time.monotonic() > give_up_at:
                # The lease's end decides.
                return
            if not _may_pass(trouble):
                # It never will be written like this. What was done is not to be done again.
                code = type(error or trouble).__name__
                result, error = None, Refused("what came out of it cannot be written down", code)
            time.sleep(RECORD_AGAIN_SECONDS)
        else:
            return


def _may_pass(trouble: Exception) -> bool:
    """Whether the same may be written a little later: the database was away, not the value odd."""
    return isinstance(trouble, SQLAlchemyError) and not isinstance(trouble, DataError)


def _record(lease: Lease, result: dict[str, Any] | None, error: Exception | None) -> None:
    if error is None:
        is_recorded = outcomes.finish(lease, result)
        log.info("job.done" if is_recorded else "job.abandoned")
    elif lease.stop is StopReason.CANCELLED:
        outcomes.finish_cancelled(lease)
        log.info("job.cancelled")
    elif lease.stop is StopReason.DRAINING:
        outcomes.release(lease)
        log.info("job.released")
    elif lease.stop is StopReason.OUTGROWN:
        outcomes.crash(lease)
        log.warning("job.outgrew_its_worker")
    elif lease.stop is StopReason.LOST:
        log.warning("job.abandoned")
    elif isinstance(error, DBAPIError) and error.connection_invalidated:
        # Not the task's fault, and no attempt: a restart of the database must use up none.
        log.warning("job.database_lost")
        outcomes.record_error(lease, Postponed(str(error)[:200], DATABASE_PAUSE))
    else:
        log.error("job.failed", exc_info=error)
        outcomes.record_error(lease, error)
