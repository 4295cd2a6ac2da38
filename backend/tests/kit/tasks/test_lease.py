"""A worker's hold on a job: one winner, renewed by a heartbeat, fenced when lost."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func

from tests.kit.tasks import toys
from ultra.kit import tasks
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.tasks import Job, JobState, Lease, lease, outcomes, registry, watchdog
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.keeper import Keeper
from ultra.kit.tasks.lease import Stopped, StopReason
from ultra.kit.tasks.sweeper import sweep_once
from ultra.settings import settings

pytestmark = pytest.mark.usefixtures("stores")


@pytest.fixture
def _short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.jobs, "lease_seconds", 0.6)


def claim(job_id: UUID) -> Lease:
    held = lease.claim(job_id, "me")
    assert held
    return held


def lose(job_id: UUID) -> Lease:
    """Let the lease end and another worker claim the job."""
    toys.change(job_id, lease_until=func.now() - timedelta(seconds=1))
    sweep_once()
    admit_once()
    return claim(job_id)


@contextmanager
def kept(held: Lease, draining: threading.Event | None = None) -> Iterator[None]:
    """Renew the lease as a worker does."""
    keeper = Keeper()
    keeper.start(draining or threading.Event())
    try:
        with keeper.holding(held):
            yield
    finally:
        keeper.end()


def wait_for_stop(held: Lease, seconds: float = 3) -> StopReason | None:
    deadline = time.monotonic() + seconds
    while held.stop is None and time.monotonic() < deadline:
        time.sleep(0.02)
    return held.stop


class TestClaim:
    def test_one_of_twenty_racing_workers_wins(self) -> None:
        job_id = toys.queue()
        start = threading.Barrier(20)

        def race(number: int) -> Lease | None:
            start.wait()
            return lease.claim(job_id, str(number))

        with ThreadPoolExecutor(20) as threads:
            won = [each for each in threads.map(race, range(20)) if each]
        assert len(won) == 1
        job = toys.find(job_id)
        assert (job.state, job.attempts, job.fence) == (JobState.RUNNING, 1, 1)

    def test_a_job_that_is_not_due_cannot_be_won(self) -> None:
        job_id = toys.queue()
        toys.change(job_id, state=JobState.WAITING)
        assert lease.claim(job_id, "me") is None

    def test_an_unknown_job_cannot_be_won(self) -> None:
        assert lease.claim(new_id(), "me") is None


class TestFence:
    def test_guard_lets_the_holder_write(self) -> None:
        held = claim(toys.queue())
        with transaction() as session:
            held.guard(session)

    def test_guard_stops_whoever_lost_the_job(self) -> None:
        job_id = toys.queue()
        old = claim(job_id)
        new = lose(job_id)
        with pytest.raises(Stopped), transaction() as session:
            old.guard(session)
        assert old.stop is StopReason.LOST
        with transaction() as session:
            new.guard(session)

    def test_the_row_stays_locked_until_the_write_is_committed(self) -> None:
        job_id = toys.queue()
        held = claim(job_id)
        with transaction() as session:
            held.guard(session)
            toys_thread = threading.Thread(target=lose, args=(job_id,))
            toys_thread.start()
            time.sleep(0.3)
            assert toys_thread.is_alive()
        toys_thread.join(10)
        assert toys.find(job_id).fence == 2

    def test_whoever_lost_the_job_cannot_end_it(self) -> None:
        job_id = toys.queue()
        old = claim(job_id)
        lose(job_id)
        assert not outcomes.finish(old, {"late": True})
        outcomes.finish_cancelled(old)
        outcomes.release(old)
        old.report(0.5)
        outcomes.record_error(old, ValueError("late"))
        job = toys.find(job_id)
        assert (job.state, job.fence, job.error) == (JobState.RUNNING, 2, None)
        assert (job.result, job.progress) == (None, None)


@pytest.mark.usefixtures("_short_leases")
class TestHeartbeat:
    def test_renews_the_lease(self) -> None:
        job_id = toys.queue()
        held = claim(job_id)

        def end() -> datetime:
            found = toys.find(job_id).lease_until
            assert found
            return found

        first = end()
        with kept(held):
            time.sleep(0.9)
            assert end() > first + timedelta(seconds=0.5)
            sweep_once()
            assert toys.find(job_id).state is JobState.RUNNING
        last = end()
        time.sleep(0.4)
        assert end() == last

    def test_learns_of_a_cancellation(self) -> None:
        subject = new_id()
        held = claim(toys.queue(subject_id=subject))
        with kept(held):
            with transaction() as session:
                tasks.cancel(session, subject, toys.ACT)
            assert wait_for_stop(held) is StopReason.CANCELLED

    def test_learns_that_the_job_was_lost(self) -> None:
        job_id = toys.queue()
        held = claim(job_id)
        with kept(held):
            toys.change(job_id, fence=9)
            assert wait_for_stop(held) is StopReason.LOST
            with pytest.raises(Stopped):
                held.check()

    def test_learns_that_the_deadline_has_passed(self) -> None:
        job_id = toys.queue()
        held = claim(job_id)
        with kept(held):
            toys.change(job_id, deadline=func.now() - timedelta(seconds=1))
            assert wait_for_stop(held) is StopReason.OVERDUE

    def test_learns_that_it_has_run_for_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        known = registry.get_task(toys.ACT)
        limited = replace(known, limit=timedelta(seconds=0.5))
        monkeypatch.setitem(registry._tasks, toys.ACT, limited)
        job_id = toys.queue()
        held = claim(job_id)
        with kept(held):
            assert wait_for_stop(held) is StopReason.TOO_LONG
        outcomes.record_error(held, Stopped())
        job = toys.find(job_id)
        assert (job.state, job.error_code) == (JobState.WAITING, "TimeLimitExceeded")

    def test_a_job_that_does_not_stop_ends_its_process(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        left = threading.Event()
        known = registry.get_task(toys.ACT)
        limited = replace(known, limit=timedelta(seconds=0.1))
        monkeypatch.setitem(registry._tasks, toys.ACT, limited)
        monkeypatch.setattr("ultra.kit.tasks.keeper.GRACE_SECONDS", 0.3)
        keeper = Keeper()
        keeper.start(threading.Event(), leave=left.set)
        with keeper.holding(claim(toys.queue())):
            assert left.wait(5)
        keeper.end()

    def test_its_neighbours_are_handed_back_before_the_end(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = registry.get_task(toys.ACT)
        limited = replace(known, limit=timedelta(hours=1))
        monkeypatch.setitem(registry._tasks, toys.ACT, limited)
        monkeypatch.setattr(watchdog, "DRAIN_SECONDS", 3)
        states: list[Job] = []
        over = threading.Event()

        def end_process(_: int) -> None:
            states.append(toys.find(neighbour.job_id))
            over.set()

        monkeypatch.setattr(os, "_exit", end_process)
        stuck, neighbour = claim(toys.queue()), claim(toys.queue())
        stuck.began_at -= 3700
        draining = threading.Event()
        keeper = Keeper()
        keeper.start(draining, leave=lambda: watchdog.leave(draining.set))
        with keeper.holding(stuck):
            with keeper.holding(neighbour):
                reason = wait_for_stop(neighbour)
                outcomes.release(neighbour)
            # Also when it fails: the process must not end in earnest.
            assert over.wait(10)
        keeper.end()
        assert reason is StopReason.DRAINING
        [job] = states
        assert (job.state, job.crashes, job.attempts) == (JobState.WAITING, 0, 0)
        # The one that does not stop is still its own until the end of the process.
        assert toys.find(stuck.job_id).state is JobState.RUNNING

    def test_learns_that_the_worker_has_outgrown_its_memory(self) -> None:
        outgrown, draining = threading.Event(), threading.Event()
        keeper = Keeper()
        keeper.start(draining, outgrown=outgrown)
        held, late = claim(toys.queue()), claim(toys.queue())
        with keeper.holding(held):
            outgrown.set()
            draining.set()
            assert wait_for_stop(held) is StopReason.OUTGROWN
            # What begins on the way out has no part in it.
            with keeper.holding(late):
                assert wait_for_stop(late) is StopReason.DRAINING
        keeper.end()

    def test_keeps_many_leases_at_once_and_only_those_in_hand(self) -> None:
        jobs = [toys.queue() for _ in range(5)]
        leases = [claim(job_id) for job_id in jobs]
        keeper = Keeper()
        keeper.start(threading.Event())
        with keeper.holding(leases[0]), keeper.holding(leases[1]):
            time.sleep(1.0)
            sweep_once()
            states = [toys.find(job_id).crashes for job_id in jobs]
        keeper.end()
        assert states == [0, 0, 1, 1, 1]

    def test_learns_that_the_worker_is_shut_down(self) -> None:
        held, draining = claim(toys.queue()), threading.Event()
        with kept(held, draining):
            assert not held.should_stop()
            draining.set()
            assert wait_for_stop(held) is StopReason.DRAINING
