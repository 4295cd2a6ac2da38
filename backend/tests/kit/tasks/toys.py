"""Tasks for the tests of the queue, and short ways to look at jobs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from ultra.kit import tasks
from ultra.kit.db import read_only, transaction
from ultra.kit.outbox import OutboxMessage
from ultra.kit.redis import redis
from ultra.kit.tasks import Job, Lease, Queue, current_lease, task

ACT = "tests.act"
HEAR = "tests.hear_of_failure"


class Stage:
    """What the next run of `tests.act` does."""

    play: Callable[[Lease], None] = staticmethod(lambda _lease: None)


@task(ACT, queue=Queue.GENERAL, failed=HEAR)
def act(*_: Any) -> None:
    Stage.play(current_lease())


@task(HEAR, queue=Queue.GENERAL)
def hear_of_failure(*_: Any) -> None:
    pass


def enqueue(*args: Any, name: str = ACT, **options: Any) -> UUID:
    with transaction() as session:
        job_id = tasks.enqueue(session, name, *args, **options)
    assert job_id
    return job_id


def find(job_id: UUID) -> Job:
    with read_only() as session:
        return session.get_one(Job, job_id)


def jobs_named(name: str) -> list[Job]:
    with read_only() as session:
        return list(session.scalars(select(Job).where(Job.name == name)))


def change(job_id: UUID, **values: Any) -> None:
    """Set columns, for instance to let time pass."""
    with transaction() as session:
        session.execute(update(Job).where(Job.id == job_id).values(**values))


def outbox() -> list[tuple[str, str]]:
    """Topics and job ids that wait to be sent."""
    with read_only() as session:
        messages = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [(message.topic, message.body["job_id"]) for message in messages]


def empty_outbox() -> None:
    with transaction() as session:
        session.query(OutboxMessage).delete()


def at_broker(topic: str) -> int:
    """How many messages wait in a broker queue."""
    return int(redis.llen(f"celery:{topic}"))
