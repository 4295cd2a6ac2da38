"""The states of a job: only legal ways, whatever is done to it in whatever order."""

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
from sqlalchemy import func

from tests.kit.tasks import toys
from ultra.kit import tasks
from ultra.kit.db import transaction
from ultra.kit.tasks import Job, JobState, Lease, RateLimited, Refused, Retryable, lease
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


class Life(RuleBasedStateMachine):
    """One job, and everything that people, workers, crashes and clocks may do to it."""

    def __init__(self) -> None:
        super().__init__()
        toys.empty_outbox()
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

    @precondition(lambda self: self.leases)
    @rule()
    def finish(self) -> None:
        lease.finish(self.leases[-1], None)

    @precondition(lambda self: self.leases)
    @rule()
    def fail(self) -> None:
        lease.record_error(self.leases[-1], Retryable("busy"))

    @precondition(lambda self: self.leases)
    @rule()
    def refuse(self) -> None:
        lease.record_error(self.leases[-1], Refused("never", code="never"))

    @precondition(lambda self: self.leases)
    @rule()
    def limit(self) -> None:
        lease.record_error(self.leases[-1], RateLimited("slowly", timedelta(0)))

    @precondition(lambda self: self.leases)
    @rule()
    def hand_back(self) -> None:
        lease.release(self.leases[-1])

    @precondition(lambda self: self.leases)
    @rule()
    def end_as_cancelled(self) -> None:
        lease.finish_cancelled(self.leases[-1])

    @precondition(lambda self: len(self.leases) > 1)
    @rule()
    def write_with_an_old_lease(self) -> None:
        before = self.job
        lease.finish(self.leases[0], {"late": True})
        lease.record_error(self.leases[0], ValueError("late"))
        lease.release(self.leases[0])
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
