"""What stands still is handed out again: due jobs, ended leases, lost messages, recurring work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, update

from tests.kit.tasks import toys
from ultra.kit import tasks
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.redis import redis
from ultra.kit.tasks import Job, JobState, Queue, lease, registry
from ultra.kit.tasks.registry import Task
from ultra.kit.tasks.relay import relay_once
from ultra.kit.tasks.sweeper import recurrences, sweep_once
from ultra.settings import settings

pytestmark = pytest.mark.usefixtures("stores")

PAST = func.now() - timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _no_recurring_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's own recurring tasks would be due in every first round."""
    others = {name: task for name, task in registry._tasks.items() if task.every is None}
    monkeypatch.setattr(registry, "_tasks", others)


def crash(job_id: UUID) -> Job:
    """Let a worker claim the job and die."""
    assert lease.claim(job_id, "dies")
    toys.change(job_id, lease_until=PAST)
    sweep_once()
    return toys.find(job_id)


class TestExpiredLease:
    def test_hands_the_job_out_again_and_counts_the_crash(self) -> None:
        job_id = toys.enqueue()
        toys.empty_outbox()
        job = crash(job_id)
        assert (job.state, job.crashes, job.owner) == (JobState.QUEUED, 1, None)
        assert toys.outbox() == [("general.medium", str(job_id))]

    def test_a_crash_uses_up_no_attempt(self) -> None:
        job_id = toys.enqueue()
        crash(job_id)
        held = lease.claim(job_id, "me")
        assert held
        assert (held.attempt, held.fence) == (1, 2)

    def test_a_job_that_kills_its_workers_is_dead_and_somebody_is_told(self) -> None:
        job_id = toys.enqueue("subject")
        for _ in range(settings.jobs.max_crashes):
            assert crash(job_id).state is JobState.QUEUED
        job = crash(job_id)
        assert (job.state, job.error_code) == (JobState.DEAD, "WorkerDied")
        assert job.finished_at
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "WorkerDied"]

    def test_a_cancelled_job_whose_worker_died_is_over(self) -> None:
        subject = new_id()
        job_id = toys.enqueue(subject_id=subject)
        assert lease.claim(job_id, "dies")
        with transaction() as session:
            tasks.cancel(session, subject, toys.ACT)
        toys.change(job_id, lease_until=PAST)
        sweep_once()
        job = toys.find(job_id)
        assert job.state is JobState.CANCELLED
        assert job.finished_at

    def test_a_job_of_an_unknown_task_does_not_stop_the_round(self) -> None:
        unknown, other = toys.enqueue(), toys.enqueue()
        toys.change(unknown, name="tests.of_a_later_version", crashes=9)
        for job_id in (unknown, other):
            assert lease.claim(job_id, "dies")
            toys.change(job_id, lease_until=PAST)
        sweep_once()
        assert toys.find(unknown).state is JobState.DEAD
        assert toys.find(other).state is JobState.QUEUED

    def test_a_living_lease_is_left_alone(self) -> None:
        job_id = toys.enqueue()
        lease.claim(job_id, "me")
        assert sweep_once() == 0
        assert toys.find(job_id).state is JobState.RUNNING


class TestLostMessage:
    def wait(self, job_id: UUID, seconds: float) -> None:
        toys.change(job_id, sent_at=func.now() - timedelta(seconds=seconds))

    def test_is_sent_again_after_the_broker_lost_everything(self) -> None:
        job_id = toys.enqueue()
        assert relay_once() == 1
        assert toys.at_broker("general.medium") == 1
        redis.flushdb()
        self.wait(job_id, 11)
        sweep_once()
        assert ("general.medium", str(job_id)) in toys.outbox()
        relay_once()
        assert toys.at_broker("general.medium") == 1

    def test_is_not_sent_again_too_soon(self) -> None:
        job_id = toys.enqueue()
        toys.empty_outbox()
        self.wait(job_id, 9)
        sweep_once()
        assert ("general.medium", str(job_id)) not in toys.outbox()

    def test_waits_twice_as_long_each_time(self) -> None:
        job_id = toys.enqueue()
        for number, seconds in enumerate((11, 21, 41)):
            self.wait(job_id, seconds)
            sweep_once()
            assert toys.find(job_id).sends == number + 1
            self.wait(job_id, seconds)
            sweep_once()
            assert toys.find(job_id).sends == number + 1


class TestRecurring:
    NAME = "tests.recur"

    @pytest.fixture(autouse=True)
    def _recurring_task(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = Task(self.NAME, lambda: None, Queue.GENERAL, timedelta(minutes=5), None)
        monkeypatch.setitem(registry._tasks, self.NAME, made)

    def finish_all(self) -> None:
        with transaction() as session:
            session.execute(update(Job).values(state=JobState.DONE))

    def test_two_dispatchers_start_it_once_per_interval(self) -> None:
        with ThreadPoolExecutor(8) as threads:
            for future in [threads.submit(sweep_once) for _ in range(16)]:
                future.result()
        assert len(toys.jobs_named(self.NAME)) == 1

    def test_is_started_again_when_the_interval_is_over(self) -> None:
        sweep_once()
        self.finish_all()
        sweep_once()
        assert len(toys.jobs_named(self.NAME)) == 1
        with transaction() as session:
            session.execute(update(recurrences).values(next_at=PAST))
        sweep_once()
        assert len(toys.jobs_named(self.NAME)) == 2

    def test_runs_do_not_pile_up_while_no_worker_is_there(self) -> None:
        for _ in range(3):
            sweep_once()
            with transaction() as session:
                session.execute(update(recurrences).values(next_at=PAST))
        assert len(toys.jobs_named(self.NAME)) == 1
