"""The dispatcher's rounds: whatever is wrong with one part, the others do theirs."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, func, select, text

from tests.integration.processes import wait_until
from tests.kit.tasks import toys
from ultra.kit.db import engine, read_only, transaction
from ultra.kit.tasks import JobState, lease, load_tasks
from ultra.kit.tasks.schedules import Schedule
from ultra.settings import settings
from ultra.worker import dispatcher

A_CHORE = "jobs.purge_old_jobs"


@pytest.fixture
def rounds(stores: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Thread]:
    """A thread that dispatches in quick rounds; the test starts it."""
    load_tasks()
    monkeypatch.setattr(settings.jobs, "poll_seconds", 0.05)
    stop = threading.Event()
    monkeypatch.setattr(dispatcher, "FULL_STOP", stop)
    given = (threading.Event(), dispatcher.Pulse(), dispatcher.Bell())
    thread = threading.Thread(target=dispatcher._dispatch, args=given)
    yield thread
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def has_chore() -> bool:
    with read_only() as session:
        return session.scalar(select(Schedule.id).where(Schedule.name == A_CHORE)) is not None


def test_a_schedule_that_cannot_even_be_read_holds_up_no_job(rounds: threading.Thread) -> None:
    stands_still, waits = toys.queue(), toys.enqueue()
    assert lease.claim(stands_still, "dies")
    toys.change(stands_still, lease_until=func.now())
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into schedules (id, name, task, args, kind, next_at, origin)"
                " values (gen_random_uuid(), 'x', 'x', '[]', 'by the moon', now(), 'person')"
            )
        )
    rounds.start()
    wait_until(lambda: toys.find(waits).state is JobState.QUEUED, 10, "the job is let in")
    wait_until(lambda: toys.find(stands_still).crashes == 1, 10, "the ended lease is settled")
    assert rounds.is_alive()


def test_what_another_version_took_away_is_planted_again(
    rounds: threading.Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "PLANT_SECONDS", 0.2)
    rounds.start()
    wait_until(has_chore, 10, "it is planted")
    with transaction() as session:
        session.execute(delete(Schedule).where(Schedule.name == A_CHORE))
    wait_until(has_chore, 10, "it is planted again")
