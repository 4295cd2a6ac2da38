"""What becomes of a job: no cancel is lost, memory counts, and every outcome can be written."""

import math
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func

from tests.kit.tasks import toys
from ultra.kit import tasks
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.tasks import JobState, Lease, Postponed, RateLimited, Refused, Retryable, lease
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.lease import Stopped, StopReason
from ultra.kit.tasks.runner import run_job
from ultra.settings import settings

pytestmark = pytest.mark.usefixtures("stores")


class TestCalledOffInTheSameMoment:
    """The keeper asks once a second: an attempt may end before it knows."""

    @pytest.mark.parametrize(
        ("stop", "error"),
        [
            (None, Retryable("busy", after=timedelta(hours=2))),
            (None, RateLimited("slowly", timedelta(minutes=1))),
            (None, Postponed("later", timedelta(minutes=1))),
            (None, Refused("never", code="never")),
            (StopReason.DRAINING, Stopped()),
            (StopReason.OUTGROWN, Stopped()),
        ],
    )
    def test_it_is_over(
        self, monkeypatch: pytest.MonkeyPatch, stop: StopReason | None, error: Exception
    ) -> None:
        def play(held: Lease) -> None:
            with transaction() as session:
                assert tasks.cancel_job(session, held.job_id)
            held.stop = stop
            raise error

        monkeypatch.setattr(toys.Stage, "play", play)
        job_id = toys.queue("subject")
        run_job(job_id)
        assert toys.find(job_id).state is JobState.CANCELLED
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "Cancelled"]


class TestOutgrown:
    def outgrow(self, held: Lease) -> None:
        held.stop = StopReason.OUTGROWN
        raise Stopped(StopReason.OUTGROWN)

    def test_counts_as_a_crash_and_says_why(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(toys.Stage, "play", self.outgrow)
        job_id = toys.queue()
        run_job(job_id)
        job = toys.find(job_id)
        assert (job.state, job.crashes, job.attempts) == (JobState.WAITING, 1, 0)
        assert (job.owner, job.lease_until) == (None, None)
        note = toys.journal_of(job_id)[-1]
        assert (note["event"], note["crashes"]) == ("crashed", 1)
        assert "memory" in note["error"]

    def test_does_not_go_on_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(toys.Stage, "play", self.outgrow)
        job_id = toys.queue("subject")
        for _ in range(settings.jobs.max_crashes + 1):
            admit_once()
            run_job(job_id)
        job = toys.find(job_id)
        assert (job.state, job.error_code) == (JobState.DEAD, "WorkerDied")
        assert "memory" in (job.error or "")
        [told] = toys.jobs_named(toys.HEAR)
        assert told.args == ["subject", "WorkerDied"]


class TestPostponed:
    def test_is_no_attempt_and_not_the_other_sides_wish(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def play(_: Lease) -> None:
            raise Postponed("quiet hours", timedelta(minutes=5))

        monkeypatch.setattr(toys.Stage, "play", play)
        job_id = toys.queue()
        run_job(job_id)
        assert (toys.find(job_id).state, toys.find(job_id).attempts) == (JobState.WAITING, 0)
        note = toys.journal_of(job_id)[-1]
        assert (note["event"], note["pause_seconds"]) == ("postponed", 300)


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise AttributeError("no words")


class TestOddOutcome:
    @pytest.mark.parametrize(
        ("words", "kept"), [("a\0b", "a\ufffdb"), ("a\udcffb", "a?b"), ("ağ 🦁", "ağ 🦁")]
    )
    def test_words_are_made_writable(
        self, monkeypatch: pytest.MonkeyPatch, words: str, kept: str
    ) -> None:
        def play(held: Lease) -> None:
            held.report(0.5, words)
            notes.append(toys.find(held.job_id).progress_note)
            raise ValueError(words)

        notes: list[str | None] = []
        monkeypatch.setattr(toys.Stage, "play", play)
        job_id = toys.queue()
        run_job(job_id)
        job = toys.find(job_id)
        assert (job.state, job.error_code, job.error) == (JobState.WAITING, "ValueError", kept)
        assert notes == [kept]

    @pytest.mark.parametrize(
        ("result", "code"),
        [
            ({"id": new_id()}, "TypeError"),
            ({"text": "a\0b"}, "DataError"),
            ({"share": math.nan}, "DataError"),
        ],
    )
    def test_work_whose_result_cannot_be_written_is_not_done_again(
        self, monkeypatch: pytest.MonkeyPatch, result: dict[str, Any], code: str
    ) -> None:
        runs: list[Lease] = []

        def play(held: Lease) -> dict[str, Any]:
            runs.append(held)
            return result

        monkeypatch.setattr(toys.Stage, "play", play)
        job_id = toys.queue()
        run_job(job_id)
        job = toys.find(job_id)
        assert (job.state, job.error_code, job.result) == (JobState.FAILED, code, None)
        toys.change(job_id, not_before=func.now())
        admit_once()
        run_job(job_id)
        assert len(runs) == 1

    def test_an_error_without_words_keeps_its_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def play(_: Lease) -> None:
            raise Unspeakable

        monkeypatch.setattr(toys.Stage, "play", play)
        job_id = toys.queue()
        run_job(job_id)
        assert toys.find(job_id).error_code == "Unspeakable"
        assert lease.claim(job_id, "me") is None
