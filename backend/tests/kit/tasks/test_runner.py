"""One job from claim to record."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func

from tests.kit.tasks import toys
from ultra.kit.tasks import Job, JobState, Lease, Retryable, lease
from ultra.kit.tasks.lease import Stopped, StopReason
from ultra.kit.tasks.runner import run_job
from ultra.kit.tasks.sweeper import sweep_once

pytestmark = pytest.mark.usefixtures("stores")


def run(job_id: UUID) -> Job:
    run_job(job_id, threading.Event())
    return toys.find(job_id)


def play(monkeypatch: pytest.MonkeyPatch, *outcomes: Exception | None) -> list[Lease]:
    """Let the runs end like this one after the other; the leases that they had."""
    left, leases = list(outcomes), []

    def next_run(held: Lease) -> None:
        leases.append(held)
        if outcome := left.pop(0):
            raise outcome

    monkeypatch.setattr(toys.Stage, "play", next_run)
    return leases


def run_when_due(job_id: UUID) -> Job:
    toys.change(job_id, not_before=func.now())
    sweep_once()
    return run(job_id)


class TestDone:
    def test_is_recorded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        leases = play(monkeypatch, None)
        job = run(toys.enqueue())
        assert (job.state, job.owner, job.lease_until) == (JobState.DONE, None, None)
        assert job.finished_at
        assert len(leases) == 1

    def test_a_doubled_message_runs_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        leases = play(monkeypatch, None)
        job_id = toys.enqueue()
        run(job_id)
        run(job_id)
        assert len(leases) == 1

    def test_the_task_gets_its_arguments(self, monkeypatch: pytest.MonkeyPatch) -> None:
        leases = play(monkeypatch, None)
        run(toys.enqueue("a", 2))
        assert leases[0].args == ["a", 2]


class TestError:
    def test_waits_before_the_next_attempt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        play(monkeypatch, ValueError("odd"))
        job = run(toys.enqueue())
        assert (job.state, job.error_code, job.error) == (JobState.WAITING, "ValueError", "odd")
        assert timedelta(0) <= job.not_before - job.sent_at < timedelta(seconds=6)

    def test_is_not_tried_before_its_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        play(monkeypatch, ValueError())
        job_id = toys.enqueue()
        run(job_id)
        toys.change(job_id, not_before=func.now() + timedelta(seconds=60))
        sweep_once()
        assert toys.find(job_id).state is JobState.WAITING

    def test_a_later_attempt_may_succeed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        leases = play(monkeypatch, ValueError(), None)
        job_id = toys.enqueue()
        run(job_id)
        job = run_when_due(job_id)
        assert (job.state, job.error) == (JobState.DONE, None)
        assert [held.attempt for held in leases] == [1, 2]

    def test_is_given_up_after_the_last_attempt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        play(monkeypatch, ValueError(), ValueError(), ValueError("still"))
        job_id = toys.enqueue("subject")
        run(job_id)
        run_when_due(job_id)
        job = run_when_due(job_id)
        assert (job.state, job.error) == (JobState.FAILED, "still")
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "ValueError"]

    def test_honours_when_the_other_side_wants_to_be_asked_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        play(monkeypatch, Retryable("busy", after=timedelta(minutes=7)))
        job = run(toys.enqueue())
        assert timedelta(minutes=6.9) < job.not_before - job.sent_at < timedelta(minutes=7.2)

    def test_an_unknown_task_is_an_error_like_any(self) -> None:
        job_id = toys.enqueue()
        toys.change(job_id, name="tests.of_a_later_version", attempts=2)
        job = run(job_id)
        assert (job.state, job.error_code) == (JobState.FAILED, "KeyError")


class TestStopped:
    @pytest.mark.parametrize(
        ("reason", "state"),
        [
            (StopReason.CANCELLED, JobState.CANCELLED),
            (StopReason.DRAINING, JobState.WAITING),
            (StopReason.LOST, JobState.RUNNING),
        ],
    )
    def test_is_recorded_by_its_reason(
        self, monkeypatch: pytest.MonkeyPatch, reason: StopReason, state: JobState
    ) -> None:
        def stop(held: Lease) -> None:
            held.stop = reason
            raise Stopped(reason)

        monkeypatch.setattr(toys.Stage, "play", stop)
        assert run(toys.enqueue()).state is state

    def test_handing_back_counts_neither_as_attempt_nor_as_crash(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(held: Lease) -> None:
            held.stop = StopReason.DRAINING
            raise Stopped(StopReason.DRAINING)

        monkeypatch.setattr(toys.Stage, "play", stop)
        job_id = toys.enqueue()
        job = run(job_id)
        assert (job.attempts, job.crashes) == (0, 0)
        sweep_once()
        assert lease.claim(job_id, "another")
