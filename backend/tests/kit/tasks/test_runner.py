"""One job from claim to record."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, text

from tests.kit.tasks import toys
from ultra.kit.db import read_only
from ultra.kit.tasks import (
    Job,
    JobState,
    Lease,
    RateLimited,
    Refused,
    Retryable,
    lease,
    registry,
)
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.lease import Stopped, StopReason
from ultra.kit.tasks.runner import run_job

pytestmark = pytest.mark.usefixtures("stores")


def run(job_id: UUID) -> Job:
    run_job(job_id)
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
    admit_once()
    return run(job_id)


class TestDone:
    def test_is_recorded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        leases = play(monkeypatch, None)
        job_id = toys.queue()
        job = run(job_id)
        assert toys.journal(job_id) == ["created", "queued", "started", "done"]
        assert (job.state, job.owner, job.lease_until) == (JobState.DONE, None, None)
        assert job.finished_at
        assert len(leases) == 1

    def test_a_result_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(toys.Stage, "play", lambda _: {"pages": 7})
        job = run(toys.queue())
        assert (job.result, job.progress) == ({"pages": 7}, 1.0)

    def test_progress_is_written_at_most_once_a_second(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def work(held: Lease) -> None:
            for part in range(10):
                held.report(part / 10, f"part {part}")
            found.append(toys.find(held.job_id))

        found: list[Job] = []
        monkeypatch.setattr(toys.Stage, "play", work)
        run(toys.queue())
        assert (found[0].progress, found[0].progress_note) == (0.0, "part 0")

    def test_a_doubled_message_runs_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        leases = play(monkeypatch, None)
        job_id = toys.queue()
        run(job_id)
        run(job_id)
        assert len(leases) == 1

    def test_the_task_gets_its_arguments(self, monkeypatch: pytest.MonkeyPatch) -> None:
        leases = play(monkeypatch, None)
        run(toys.queue("a", 2))
        assert leases[0].args == ["a", 2]


class TestError:
    def test_waits_before_the_next_attempt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        play(monkeypatch, ValueError("odd"))
        job = run(toys.queue())
        assert (job.state, job.error_code, job.error) == (JobState.WAITING, "ValueError", "odd")
        assert job.sent_at
        assert timedelta(0) <= job.not_before - job.sent_at < timedelta(seconds=6)

    def test_is_not_tried_before_its_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        play(monkeypatch, ValueError())
        job_id = toys.queue()
        run(job_id)
        toys.change(job_id, not_before=func.now() + timedelta(seconds=60))
        admit_once()
        assert toys.find(job_id).state is JobState.WAITING

    def test_a_later_attempt_may_succeed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        leases = play(monkeypatch, ValueError(), None)
        job_id = toys.queue()
        run(job_id)
        job = run_when_due(job_id)
        assert (job.state, job.error) == (JobState.DONE, None)
        assert [held.attempt for held in leases] == [1, 2]

    def test_is_given_up_after_the_last_attempt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        play(monkeypatch, ValueError(), ValueError(), ValueError("still"))
        job_id = toys.queue("subject")
        run(job_id)
        run_when_due(job_id)
        job = run_when_due(job_id)
        assert (job.state, job.error) == (JobState.DEAD, "still")
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "ValueError"]

    def test_honours_when_the_other_side_wants_to_be_asked_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        play(monkeypatch, Retryable("busy", after=timedelta(minutes=7)))
        job = run(toys.queue())
        assert job.sent_at
        assert timedelta(minutes=6.9) < job.not_before - job.sent_at < timedelta(minutes=7.2)

    def test_an_unknown_task_is_an_error_like_any(self) -> None:
        job_id = toys.queue()
        toys.change(job_id, name="tests.of_a_later_version", attempts=2)
        job = run(job_id)
        assert (job.state, job.error_code) == (JobState.DEAD, "KeyError")

    def test_a_schedule_of_pauses_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        delays = (timedelta(minutes=1), timedelta(hours=1))
        planned = replace(registry.get_task(toys.ACT), attempts=4, delays=delays)
        monkeypatch.setitem(registry._tasks, toys.ACT, planned)
        play(monkeypatch, ValueError(), ValueError(), ValueError(), None)
        job_id = toys.queue()
        pauses = []
        for _ in range(3):
            job = run(job_id)
            assert job.sent_at
            pauses.append(job.not_before - job.sent_at)
            toys.change(job_id, not_before=func.now())
            admit_once()
        for pause, delay in zip(pauses, (*delays, delays[-1]), strict=True):
            assert delay <= pause < delay * 1.2
        assert run(job_id).state is JobState.DONE

    def test_a_limited_rate_is_no_attempt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        play(monkeypatch, *[RateLimited("slow down", timedelta(minutes=1))] * 5, None)
        job_id = toys.queue()
        job = run(job_id)
        assert (job.state, job.attempts) == (JobState.WAITING, 0)
        for _ in range(5):
            job = run_when_due(job_id)
        assert (job.state, job.attempts) == (JobState.DONE, 1)

    def test_a_refusal_is_final(self, monkeypatch: pytest.MonkeyPatch) -> None:
        play(monkeypatch, Refused("no such channel", code="channel_gone"))
        job = run(toys.queue("subject"))
        assert (job.state, job.error_code) == (JobState.FAILED, "channel_gone")
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "channel_gone"]

    def test_a_lost_database_is_no_attempt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def lose_connection(_: Lease) -> None:
            with read_only() as session:
                session.execute(text("select pg_terminate_backend(pg_backend_pid())"))

        monkeypatch.setattr(toys.Stage, "play", lose_connection)
        job_id = toys.queue()
        job = run(job_id)
        assert (job.state, job.attempts) == (JobState.WAITING, 0)
        assert toys.journal(job_id)[-1] == "postponed"


class TestStopped:
    @pytest.mark.parametrize(
        ("reason", "state"),
        [
            (StopReason.CANCELLED, JobState.CANCELLED),
            (StopReason.DRAINING, JobState.WAITING),
            (StopReason.OUTGROWN, JobState.WAITING),
            (StopReason.LOST, JobState.RUNNING),
            (StopReason.OVERDUE, JobState.DEAD),
        ],
    )
    def test_is_recorded_by_its_reason(
        self, monkeypatch: pytest.MonkeyPatch, reason: StopReason, state: JobState
    ) -> None:
        def stop(held: Lease) -> None:
            held.stop = reason
            raise Stopped(reason)

        monkeypatch.setattr(toys.Stage, "play", stop)
        assert run(toys.queue()).state is state

    def test_handing_back_counts_neither_as_attempt_nor_as_crash(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(held: Lease) -> None:
            held.stop = StopReason.DRAINING
            raise Stopped(StopReason.DRAINING)

        monkeypatch.setattr(toys.Stage, "play", stop)
        job_id = toys.queue()
        job = run(job_id)
        assert (job.attempts, job.crashes) == (0, 0)
        admit_once()
        assert lease.claim(job_id, "another")
