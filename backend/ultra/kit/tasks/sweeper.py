"""Settles what stands still: ended leases, passed deadlines, lost messages. Starts what recurs."""

from datetime import timedelta

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.kit.outbox import CHANNEL, OutboxMessage
from ultra.kit.redis import redis
from ultra.kit.tasks import schedules
from ultra.kit.tasks.models import Job
from ultra.kit.tasks.outcomes import end, settle_crash
from ultra.kit.tasks.queue import DEADLINE_PASSED
from ultra.kit.tasks.states import JobState
from ultra.settings import settings

log = get_logger()

BATCH = 200
MARK = "jobs:mark"
"""A key that vanishes with Redis's memory: when it is gone, so are the broker's messages."""


def sweep_once() -> int:
    """One round over all open jobs; how many were settled, sent again or started."""
    with transaction() as session:
        changed = _settle_expired(session) + _end_overdue(session) + _resend_lost(session)
    # By itself: no schedule can hold up what stands still.
    with transaction() as session:
        return changed + schedules.start_due(session)


def resend_if_redis_forgot() -> int:
    """Send every queued job again when Redis has lost its memory; how many.

    Raises RedisError when Redis cannot be asked.
    """
    if not redis.set(MARK, str(new_id()), nx=True):
        return 0
    try:
        with transaction() as session:
            count = _resend(session, Job.state == JobState.QUEUED, limit=None)
    except BaseException:
        # The next round must find it missing again.
        redis.delete(MARK)
        raise
    if count:
        log.warning("job.redis_forgot", sent_again=count)
    return count


def _settle_expired(session: Session) -> int:
    expired = session.execute(
        select(Job.id, Job.crashes, Job.is_cancel_requested)
        .where(Job.state == JobState.RUNNING, Job.lease_until < func.now())
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for job in expired:
        log.warning("job.lease_expired", job_id=str(job.id), crashes=job.crashes + 1)
        settle_crash(session, job)
    return len(expired)


def _end_overdue(session: Session) -> int:
    overdue = session.execute(
        select(Job.id)
        .where(
            Job.state.in_((JobState.WAITING, JobState.QUEUED)),
            Job.deadline < func.now(),
        )
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for job in overdue:
        end(session, job.id, JobState.DEAD, DEADLINE_PASSED)
    return len(overdue)


def _resend_lost(session: Session) -> int:
    # Doubling keeps a long but healthy queue from being filled with copies of itself.
    pause = timedelta(seconds=settings.jobs.resend_seconds)
    is_lost = Job.sent_at < func.now() - pause * func.power(2, func.least(Job.sends, 8))
    count = _resend(session, Job.state == JobState.QUEUED, is_lost, limit=BATCH)
    if count:
        log.warning("job.sent_again", count=count)
    return count


def _resend(session: Session, *which: ColumnElement[bool], limit: int | None) -> int:
    found = select(Job.id).where(*which).limit(limit).with_for_update(skip_locked=True)
    changed = (
        update(Job)
        .where(Job.id.in_(found))
        .values(sent_at=func.now(), sends=Job.sends + 1)
        .returning(Job.id, Job.queue, Job.priority)
        .cte("changed")
    )
    columns = changed.c
    sent = (
        insert(OutboxMessage)
        .from_select(
            ["carrier", "topic", "body"],
            select(
                literal("broker"),
                columns.queue + "." + columns.priority,
                func.jsonb_build_object("job_id", columns.id),
            ),
        )
        .cte("sent")
    )
    answer = select(columns.id, func.pg_notify(CHANNEL, "")).add_cte(sent)
    return len(session.execute(answer).all())
