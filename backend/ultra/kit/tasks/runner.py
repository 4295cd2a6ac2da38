"""Runs one job from claim to record; what Celery calls with a job's id."""

import os
import socket
from uuid import UUID

import structlog

from ultra.kit.log import get_logger
from ultra.kit.tasks import lease as leases
from ultra.kit.tasks.lease import Flag, Lease, StopReason
from ultra.kit.tasks.models import JobState
from ultra.kit.tasks.registry import get_task

log = get_logger()


def run_job(job_id: UUID, draining: Flag) -> None:
    """Do the job if it can be won; every outcome is recorded in its row."""
    lease = leases.claim(job_id, owner=f"{socket.gethostname()}:{os.getpid()}")
    if lease is None:
        log.info("job.not_claimed", job_id=str(job_id))
        return
    with structlog.contextvars.bound_contextvars(
        job_id=str(job_id), task=lease.name, attempt=lease.attempt
    ):
        log.info("job.started")
        with leases.held(lease, draining):
            error = _attempt(lease)
        _record(lease, error)


def _attempt(lease: Lease) -> Exception | None:
    try:
        get_task(lease.name).run(*lease.args)
    except Exception as error:  # noqa: BLE001 - whatever went wrong is recorded, never lost
        return error
    return None


def _record(lease: Lease, error: Exception | None) -> None:
    if error is None:
        leases.finish(lease, JobState.DONE)
        log.info("job.done")
    elif lease.stop is StopReason.CANCELLED:
        leases.finish(lease, JobState.CANCELLED)
        log.info("job.cancelled")
    elif lease.stop is StopReason.DRAINING:
        leases.release(lease)
        log.info("job.released")
    elif lease.stop is StopReason.LOST:
        log.warning("job.abandoned")
    else:
        log.error("job.failed", exc_info=error)
        leases.record_error(lease, error)
