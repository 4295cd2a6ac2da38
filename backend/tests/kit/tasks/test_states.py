"""The states of a job: only legal ways, whatever is done to it in whatever order."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from
from sqlalchemy import delete, func

from tests.kit.tasks import toys
from ultra.kit import tasks
from ultra.kit.db import transaction
from ultra.kit.tasks import (
    Job,
    JobState,
    Lease,
    Postponed,
    RateLimited,
    Refused,
    Retryable,
    lease,
    outcomes,
)
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.states import GIVEN_UP, OPEN_STATES, WAYS, sources
from ultra.kit.tasks.sweeper import sweep_once

pytestmark = pytest.mark.usefixtures("stores")

PAST = func.now() - timedelta(seconds=1)
EVENTS = {
    "created": {JobState.WAITING},
    "queued": {JobState.QUEUED},
    "started": {JobState.RUNNING},
    "cancel_requested": {JobState.RUNNING},
    "retried": {JobState.WAITING},
    "rate_limited": {JobState.WAITING},
    "postponed": {JobState.WAITING},
    "released": {JobState.WAITING},
    "crashed": {JobState.WAITING},
    "done": {JobState.DONE},
    "failed": {JobState.FAILED},
    "dead": {JobState.DEAD},
    "cancelled": {JobState.CANCELLED},
    "paused": {JobState.PAUSED},
    "resumed": {JobState.WAITING},
    "put_back": {JobState.WAITING},
    "dropped": {JobState.CANCELLED},
}


def test_every_state_has_its_ways() -> None:
    assert set(WAYS) == set(JobState)
    assert {state for state in JobState if not WAYS[state]} == {JobState.DONE, JobState.CANCELLED}
    assert set(OPEN_STATES).isdisjoint(GIVEN_UP)
    assert JobState.RUNNING not in sources(JobState.PAUSED)


def be_busy(held: Lease) -> None:
    outcomes.record_error(held, Retryable("busy"))


def be_slowed(held: Lease) -> None:
    outcomes.record_error(held, RateLimited("slowly", timedelta(0)))


def be_refused(held: Lease) -> None:
    outcomes.record_error(held, Refused("never", code="never"))


class Life(RuleBasedStateMachine):
    """One job, and everything that people, workers, crashes and clocks may do to it."""

    def __init__(self) -> None:
        super().__init__()
        toys.empty_outbox()
        with transaction() as session:
            # What other lives left behind would fill the broker's queues.
            session.execute(delete(Job))
        self.job_id = toys.enqueue()
        self.before = toys.find(self.job_id)
        self.leases: list[Lease] = []

    @property
    def job(self) -> Job:
        return toys.find(self.job_id)

    def by_hand(self, action: Any) -> None:
        with transaction() as session:
            action(session, self.job_id)

    @rule()
    def admit(self) -> None:
        admit_once()

    @rule()
    def become_due(self) -> None:
        toys.change(self.job_id, not_before=PAST)

    @rule()
    def claim(self) -> None:
        if held := lease.claim(self.job_id, "somebody"):
            self.leases.append(held)

    @rule()
    def begin(self) -> None:
        """Come due, be let in, be claimed: what chance alone would seldom do in a row."""
        self.become_due()
        self.admit()
        self.claim()

    @precondition(lambda self: self.leases)
    @rule()
    def finish(self) -> None:
        outcomes.finish(self.leases[-1], None)

    @precondition(lambda self: self.leases)
    @rule()
    def fail(self) -> None:
        be_busy(self.leases[-1])

    @precondition(lambda self: self.leases)
    @rule()
    def refuse(self) -> None:
        be_refused(self.leases[-1])

    @precondition(lambda self: self.leases)
    @rule()
    def limit(self) -> None:
        be_slowed(self.leases[-1])

    @precondition(lambda self: self.leases)
    @rule()
    def postpone(self) -> None:
        outcomes.record_error(self.leases[-1], Postponed("later", timedelta(0)))

    @precondition(lambda self: self.leases)
    @rule()
    def outgrow_its_worker(self) -> None:
        outcomes.crash(self.leases[-1])

    @precondition(lambda self: self.leases)
    @rule()
    def hand_back(self) -> None:
        outcomes.release(self.leases[-1])

    @precondition(lambda self: self.leases)
    @rule()
    def end_as_cancelled(self) -> None:
        outcomes.finish_cancelled(self.leases[-1])

    @precondition(lambda self: len(self.leases) > 1)
    @rule()
    def write_with_an_old_lease(self) -> None:
        before = self.job
        outcomes.finish(self.leases[0], {"late": True})
        outcomes.record_error(self.leases[0], ValueError("late"))
        outcomes.release(self.leases[0])
        outcomes.crash(self.leases[0])
        assert (self.job.state, self.job.seq) == (before.state, before.seq)

    @rule()
    def crash(self) -> None:
        toys.change(self.job_id, lease_until=PAST)
        sweep_once()

    @rule()
    def pass_the_deadline(self) -> None:
        toys.change(self.job_id, deadline=PAST)
        sweep_once()
        toys.change(self.job_id, deadline=None)

    @rule()
    def cancel(self) -> None:
        self.by_hand(tasks.cancel_job)

    @precondition(lambda self: self.leases)
    @rule(end=sampled_from([outcomes.release, outcomes.crash, be_busy, be_slowed, be_refused]))
    def cancel_in_the_moment_of(self, end: Callable[[Lease], None]) -> None:
        """The attempt ends otherwise before it hears of it."""
        self.cancel()
        end(self.leases[-1])

    @rule()
    def pause(self) -> None:
        self.by_hand(tasks.pause_job)

    @rule()
    def resume(self) -> None:
        self.by_hand(tasks.resume_job)

    @rule()
    def put_back(self) -> None:
        self.by_hand(tasks.put_back)

    @rule()
    def drop(self) -> None:
        self.by_hand(tasks.drop)

    @invariant()
    def ways_are_legal_and_all_noted(self) -> None:
        """Walk through the journal: every step is a legal way, none is missing."""
        job, events = self.job, toys.journal_of(self.job_id)
        assert [event["seq"] for event in events] == list(range(1, job.seq + 1))
        state = JobState.WAITING
        for event in events[1:]:
            following = JobState(event["state"])
            assert following in EVENTS[event["event"]]
            assert following in WAYS[state] or event["event"] == "cancel_requested"
            state = following
        assert state is job.state

    @invariant()
    def what_was_called_off_ends(self) -> None:
        """It neither waits for another run nor asks for anybody's attention."""
        job = self.job
        if job.is_cancel_requested:
            assert job.state in (JobState.RUNNING, JobState.DONE, JobState.CANCELLED)

    @invariant()
    def numbers_only_rise(self) -> None:
        job = self.job
        assert job.fence >= self.before.fence
        assert job.seq >= self.before.seq
        assert job.attempts >= 0
        assert (job.owner is not None) == (job.lease_until is not None) or job.lease_until
        assert (job.state is JobState.RUNNING) == (job.owner is not None)
        assert (job.finished_at is None) == (job.state in OPEN_STATES)
        self.before = job


def test_only_legal_ways_are_taken() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
