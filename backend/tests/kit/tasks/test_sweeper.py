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
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.registry import Task
from ultra.kit.tasks.schedules import Schedule, plant_code_schedules
from ultra.kit.tasks.sweeper import resend_if_redis_forgot, sweep_once
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
    job = toys.find(job_id)
    admit_once()
    return job


class TestExpiredLease:
    def test_hands_the_job_out_again_and_counts_the_crash(self) -> None:
        job_id = toys.queue()
        toys.empty_outbox()
        job = crash(job_id)
        assert (job.state, job.crashes, job.owner) == (JobState.WAITING, 1, None)
        assert toys.outbox() == [("general.medium", str(job_id))]

    def test_a_crash_uses_up_no_attempt(self) -> None:
        job_id = toys.queue()
        crash(job_id)
        held = lease.claim(job_id, "me")
        assert held
        assert (held.attempt, held.fence) == (1, 2)

    def test_a_job_that_kills_its_workers_is_dead_and_somebody_is_told(self) -> None:
        job_id = toys.queue("subject")
        for _ in range(settings.jobs.max_crashes):
            assert crash(job_id).state is JobState.WAITING
        job = crash(job_id)
        assert (job.state, job.error_code) == (JobState.DEAD, "WorkerDied")
        assert job.finished_at
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "WorkerDied"]

    def test_a_cancelled_job_whose_worker_died_is_over(self) -> None:
        subject = new_id()
        job_id = toys.queue(subject_id=subject)
        assert lease.claim(job_id, "dies")
        with transaction() as session:
            tasks.cancel(session, subject, toys.ACT)
        toys.change(job_id, lease_until=PAST)
        sweep_once()
        job = toys.find(job_id)
        assert job.state is JobState.CANCELLED
        assert job.finished_at

    def test_a_job_of_an_unknown_task_does_not_stop_the_round(self) -> None:
        unknown, other = toys.queue(), toys.queue()
        toys.change(unknown, name="tests.of_a_later_version", crashes=9)
        for job_id in (unknown, other):
            assert lease.claim(job_id, "dies")
            toys.change(job_id, lease_until=PAST)
        sweep_once()
        assert toys.find(unknown).state is JobState.DEAD
        assert toys.find(other).state is JobState.WAITING

    def test_a_living_lease_is_left_alone(self) -> None:
        job_id = toys.queue()
        lease.claim(job_id, "me")
        assert sweep_once() == 0
        assert toys.find(job_id).state is JobState.RUNNING


class TestDeadline:
    def test_a_job_that_did_not_begin_in_time_is_given_up(self) -> None:
        late, punctual = toys.queue("subject"), toys.queue()
        toys.change(late, deadline=PAST)
        toys.change(punctual, deadline=func.now() + timedelta(minutes=1))
        sweep_once()
        job = toys.find(late)
        assert (job.state, job.error_code) == (JobState.DEAD, "DeadlinePassed")
        assert toys.find(punctual).state is JobState.QUEUED
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "DeadlinePassed"]


class TestForgetfulRedis:
    def test_everything_queued_is_sent_again_at_once(self) -> None:
        resend_if_redis_forgot()
        job_id = toys.queue()
        toys.relay()
        redis.flushdb()
        assert resend_if_redis_forgot() == 1
        toys.relay()
        assert toys.at_broker("general.medium") == 1
        assert lease.claim(job_id, "me")

    def test_nothing_is_sent_again_while_it_remembers(self) -> None:
        resend_if_redis_forgot()
        toys.queue()
        assert resend_if_redis_forgot() == 0


class TestLostMessage:
    def wait(self, job_id: UUID, seconds: float) -> None:
        toys.change(job_id, sent_at=func.now() - timedelta(seconds=seconds))

    def test_is_sent_again_after_the_broker_lost_everything(self) -> None:
        job_id = toys.queue()
        assert toys.relay() == 1
        assert toys.at_broker("general.medium") == 1
        redis.flushdb()
        self.wait(job_id, 11)
        sweep_once()
        assert ("general.medium", str(job_id)) in toys.outbox()
        toys.relay()
        assert toys.at_broker("general.medium") == 1

    def test_is_not_sent_again_too_soon(self) -> None:
        job_id = toys.queue()
        toys.empty_outbox()
        self.wait(job_id, 7)
        sweep_once()
        assert ("general.medium", str(job_id)) not in toys.outbox()

    def test_waits_twice_as_long_each_time(self) -> None:
        job_id = toys.queue()
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
    def _recurring_task(self, stores: None, monkeypatch: pytest.MonkeyPatch) -> None:
        made = Task(
            self.NAME,
            lambda: None,
            Queue.GENERAL,
            {"tr": "Yinele", "en": "Recur"},
            every=timedelta(minutes=5),
            failed=None,
            attempts=None,
            delays=(),
            revive=None,
        )
        monkeypatch.setitem(registry._tasks, self.NAME, made)
        with transaction() as session:
            plant_code_schedules(session)

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
            session.execute(update(Schedule).values(next_at=PAST))
        sweep_once()
        assert len(toys.jobs_named(self.NAME)) == 2

    def test_runs_do_not_pile_up_while_no_worker_is_there(self) -> None:
        for _ in range(3):
            sweep_once()
            with transaction() as session:
                session.execute(update(Schedule).values(next_at=PAST))
        assert len(toys.jobs_named(self.NAME)) == 1
