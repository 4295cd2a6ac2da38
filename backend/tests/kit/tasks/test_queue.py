"""Asking for work and calling it off."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.kit.tasks import toys
from ultra.kit import tasks
from ultra.kit.db import transaction
from ultra.kit.errors import Conflict
from ultra.kit.ids import new_id
from ultra.kit.tasks import JobState, Lease, Priority, Refused, Trigger, lease, outcomes, registry
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.runner import run_job

pytestmark = pytest.mark.usefixtures("stores")


def finish(job_id: UUID) -> None:
    held = lease.claim(job_id, "me")
    assert held
    assert outcomes.finish(held, None)


class TestEnqueue:
    def test_makes_a_job_and_a_message_in_one_transaction(self) -> None:
        subject = new_id()
        job_id = toys.enqueue(subject, 7, priority=Priority.HIGH, subject_id=subject)
        job = toys.find(job_id)
        assert (job.state, job.args, job.queue) == (JobState.WAITING, [str(subject), 7], "general")
        assert toys.journal(job_id) == ["created"]
        admit_once()
        assert toys.find(job_id).state is JobState.QUEUED
        assert toys.outbox() == [("general.high", str(job_id))]
        assert toys.journal(job_id) == ["created", "queued"]

    def test_is_forgotten_on_rollback(self) -> None:
        with pytest.raises(ValueError), transaction() as session:
            tasks.enqueue(session, toys.ACT)
            raise ValueError
        assert toys.jobs_named(toys.ACT) == []

    def test_a_misspelt_name_fails_at_once(self) -> None:
        with pytest.raises(KeyError), transaction() as session:
            tasks.enqueue(session, "tests.akt")

    def test_an_open_dedupe_key_makes_no_second_job(self) -> None:
        toys.enqueue(dedupe_key="one")
        with transaction() as session:
            assert tasks.enqueue(session, toys.ACT, dedupe_key="one") is None
        assert len(toys.jobs_named(toys.ACT)) == 1

    def test_a_dedupe_key_is_free_again_when_the_job_is_over(self) -> None:
        finish(toys.queue(dedupe_key="one"))
        toys.enqueue(dedupe_key="one")

    def test_a_trigger_key_is_used_up_for_ever(self) -> None:
        finish(toys.queue(trigger=Trigger.WEBHOOK, trigger_key="delivery 7"))
        with transaction() as session:
            again = tasks.enqueue(
                session, toys.ACT, trigger=Trigger.WEBHOOK, trigger_key="delivery 7"
            )
            other = tasks.enqueue(
                session, toys.ACT, trigger=Trigger.EVENT, trigger_key="delivery 7"
            )
        assert again is None
        assert other

    def test_may_be_for_later(self) -> None:
        job_id = toys.queue(not_before=timedelta(minutes=5))
        job = toys.find(job_id)
        assert job.state is JobState.WAITING
        assert job.not_before - job.created_at == timedelta(minutes=5)

    def test_a_job_that_a_job_asks_for_is_its_child(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(toys.Stage, "play", lambda _: toys.enqueue(name=toys.HEAR))
        parent = toys.queue()
        run_job(parent)
        [child] = toys.jobs_named(toys.HEAR)
        assert child.parent_id == parent

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
        job_id = toys.queue(subject_id=subject)
        assert lease.claim(job_id, "me")
        self.cancel(subject)
        job = toys.find(job_id)
        assert (job.state, job.is_cancel_requested) == (JobState.RUNNING, True)

    def test_leaves_finished_and_other_jobs_alone(self) -> None:
        subject = new_id()
        done, other = toys.queue(subject_id=subject), toys.enqueue(subject_id=new_id())
        finish(done)
        self.cancel(subject)
        assert toys.find(done).state is JobState.DONE
        assert toys.find(other).state is JobState.WAITING

    def test_by_its_own_id_the_task_is_told(self) -> None:
        job_id = toys.enqueue("subject")
        with transaction() as session:
            assert tasks.cancel_job(session, job_id)
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "Cancelled"]
        with transaction() as session:
            assert not tasks.cancel_job(session, job_id)


class TestHoldBack:
    def test_a_paused_job_is_not_let_in_until_it_is_resumed(self) -> None:
        job_id = toys.enqueue()
        with transaction() as session:
            assert tasks.pause_job(session, job_id)
        admit_once()
        assert toys.find(job_id).state is JobState.PAUSED
        with transaction() as session:
            assert tasks.resume_job(session, job_id)
        admit_once()
        assert toys.find(job_id).state is JobState.QUEUED
        assert toys.journal(job_id) == ["created", "paused", "resumed", "queued"]

    def test_a_message_of_a_paused_job_runs_nothing(self) -> None:
        job_id = toys.queue()
        with transaction() as session:
            assert tasks.pause_job(session, job_id)
        assert lease.claim(job_id, "me") is None

    def test_what_runs_or_has_ended_cannot_be_paused(self) -> None:
        running, done = toys.queue(), toys.queue()
        assert lease.claim(running, "me")
        finish(done)
        with transaction() as session:
            assert not tasks.pause_job(session, running)
            assert not tasks.pause_job(session, done)
            assert not tasks.resume_job(session, done)


class TestDeadLetter:
    @pytest.fixture
    def dead(self, monkeypatch: pytest.MonkeyPatch) -> UUID:
        def refuse(_: Lease) -> None:
            raise Refused("gone for good", code="gone")

        monkeypatch.setattr(toys.Stage, "play", refuse)
        job_id = toys.queue("subject", dedupe_key="one")
        run_job(job_id)
        assert toys.find(job_id).state is JobState.FAILED
        return job_id

    def test_is_put_back_as_if_it_were_new(self, dead: UUID) -> None:
        with transaction() as session:
            assert tasks.put_back(session, dead, ["other subject"])
        job = toys.find(dead)
        assert (job.state, job.attempts, job.crashes) == (JobState.WAITING, 0, 0)
        assert (job.args, job.error_code, job.finished_at) == (["other subject"], None, None)
        admit_once()
        held = lease.claim(dead, "me")
        assert held
        assert held.fence == 2

    def test_is_not_put_back_beside_an_open_job_of_its_key(self, dead: UUID) -> None:
        other = toys.enqueue(dedupe_key="one")
        with transaction() as session:
            assert not tasks.put_back(session, dead)
        assert toys.find(dead).state is JobState.FAILED
        assert toys.find(other).state is JobState.WAITING

    def test_is_off_the_list_when_it_is_dropped(self, dead: UUID) -> None:
        with transaction() as session:
            assert tasks.drop(session, dead)
        assert toys.find(dead).state is JobState.CANCELLED
        with transaction() as session:
            assert not tasks.drop(session, dead)
            assert not tasks.put_back(session, dead)

    def test_its_service_may_refuse_another_run(
        self, dead: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise Conflict

        known = registry.get_task(toys.ACT)
        monkeypatch.setitem(registry._tasks, toys.ACT, replace(known, revive=refuse))
        with pytest.raises(Conflict), transaction() as session:
            tasks.put_back(session, dead)
        assert toys.find(dead).state is JobState.FAILED
