"""Tasks for the tests of the queue, and short ways to look at jobs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from ultra.kit import tasks
from ultra.kit.db import read_only, transaction
from ultra.kit.outbox import OutboxMessage
from ultra.kit.redis import redis
from ultra.kit.tasks import Job, Lease, Queue, carriers, current_lease, task
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.relay import relay_once
from ultra.kit.tasks.sweeper import sweep_once

ACT = "tests.act"
HEAR = "tests.hear_of_failure"


class Stage:
    """What the next run of `tests.act` does."""

    play: Callable[[Lease], Any] = staticmethod(lambda _lease: None)


@task(ACT, queue=Queue.GENERAL, failed=HEAR, title={"tr": "Oyna", "en": "Act"})
def act(*_: Any) -> Any:
    return Stage.play(current_lease())


@task(HEAR, queue=Queue.GENERAL, title={"tr": "Duy", "en": "Hear"})
def hear_of_failure(*_: Any) -> None:
    pass


def enqueue(*args: Any, name: str = ACT, **options: Any) -> UUID:
    """A job that waits for the dispatcher."""
    with transaction() as session:
        job_id = tasks.enqueue(session, name, *args, **options)
    assert job_id
    return job_id


def queue(*args: Any, **options: Any) -> UUID:
    """A job that any worker may claim."""
    job_id = enqueue(*args, **options)
    admit_once()
    return job_id


def relay() -> int:
    """Send what the outbox has for the broker."""
    return relay_once("broker", carriers.send_jobs)


def find(job_id: UUID) -> Job:
    with read_only() as session:
        return session.get_one(Job, job_id)


def jobs_named(name: str) -> list[Job]:
    with read_only() as session:
        return list(session.scalars(select(Job).where(Job.name == name).order_by(Job.id)))


def change(job_id: UUID, **values: Any) -> None:
    """Set columns, for instance to let time pass."""
    with transaction() as session:
        session.execute(update(Job).where(Job.id == job_id).values(**values))


def die_of_its_deadline(job_id: UUID) -> None:
    """Let the sweeper give a job up that has not begun."""
    change(job_id, deadline=func.now() - timedelta(seconds=1))
    sweep_once()


def outbox() -> list[tuple[str, str]]:
    """Topics and job ids that wait to be sent to the broker."""
    with read_only() as session:
        messages = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.carrier == "broker")
            .order_by(OutboxMessage.id)
        )
        return [(message.topic, message.body["job_id"]) for message in messages]


def journal_of(job_id: UUID) -> list[dict[str, Any]]:
    """What has been noted of a job and not been carried to its log yet."""
    with read_only() as session:
        messages = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.carrier == "journal", OutboxMessage.topic == str(job_id))
            .order_by(OutboxMessage.id)
        )
        return [message.body for message in messages]


def journal(job_id: UUID) -> list[str]:
    """The names of those notes."""
    return [note["event"] for note in journal_of(job_id)]


def empty_outbox() -> None:
    with transaction() as session:
        session.query(OutboxMessage).delete()


def at_broker(topic: str) -> int:
    """How many messages wait in a broker queue."""
    return int(redis.llen(f"celery:{topic}"))
