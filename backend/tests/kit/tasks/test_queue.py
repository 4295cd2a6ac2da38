"""Asking for work and calling it off."""

import threading
from uuid import UUID

import pytest

from tests.kit.tasks import toys
from ultra.kit import tasks
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.tasks import JobState, Priority, lease

pytestmark = pytest.mark.usefixtures("stores")


class TestEnqueue:
    def test_makes_a_job_and_a_message_in_one_transaction(self) -> None:
        subject = new_id()
        job_id = toys.enqueue(subject, 7, priority=Priority.HIGH, subject_id=subject)
        job = toys.find(job_id)
        assert (job.state, job.args, job.queue) == (JobState.QUEUED, [str(subject), 7], "general")
        assert toys.outbox() == [("general.high", str(job_id))]

    def test_is_forgotten_on_rollback(self) -> None:
        with pytest.raises(ValueError), transaction() as session:
            tasks.enqueue(session, toys.ACT)
            raise ValueError
        assert toys.jobs_named(toys.ACT) == []
        assert toys.outbox() == []

    def test_a_misspelt_name_fails_at_once(self) -> None:
        with pytest.raises(KeyError), transaction() as session:
            tasks.enqueue(session, "tests.akt")

    def test_an_open_dedupe_key_makes_no_second_job(self) -> None:
        toys.enqueue(dedupe_key="one")
        with transaction() as session:
            assert tasks.enqueue(session, toys.ACT, dedupe_key="one") is None
        assert len(toys.jobs_named(toys.ACT)) == len(toys.outbox()) == 1

    def test_a_dedupe_key_is_free_again_when_the_job_is_over(self) -> None:
        job_id = toys.enqueue(dedupe_key="one")
        held = lease.claim(job_id, "me")
        assert held
        lease.finish(held, JobState.DONE)
        toys.enqueue(dedupe_key="one")

    def test_of_many_at_once_one_gets_the_dedupe_key(self) -> None:
        made: list[UUID | None] = []
        start = threading.Barrier(8)

        def ask() -> None:
            start.wait()
            with transaction() as session:
                made.append(tasks.enqueue(session, toys.ACT, dedupe_key="one"))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len([each for each in made if each]) == 1


class TestCancel:
    def cancel(self, subject: UUID) -> None:
        with transaction() as session:
            tasks.cancel(session, subject, toys.ACT)

    def test_a_waiting_job_is_over_at_once(self) -> None:
        subject = new_id()
        job_id = toys.enqueue(subject_id=subject)
        self.cancel(subject)
        job = toys.find(job_id)
        assert job.state is JobState.CANCELLED
        assert job.finished_at
        assert lease.claim(job_id, "me") is None

    def test_a_running_job_is_asked_to_stop(self) -> None:
        subject = new_id()
        job_id = toys.enqueue(subject_id=subject)
        lease.claim(job_id, "me")
        self.cancel(subject)
        job = toys.find(job_id)
        assert (job.state, job.is_cancel_requested) == (JobState.RUNNING, True)

    def test_leaves_finished_and_other_jobs_alone(self) -> None:
        subject = new_id()
        done, other = toys.enqueue(subject_id=subject), toys.enqueue(subject_id=new_id())
        held = lease.claim(done, "me")
        assert held
        lease.finish(held, JobState.DONE)
        self.cancel(subject)
        assert toys.find(done).state is JobState.DONE
        assert toys.find(other).state is JobState.QUEUED
