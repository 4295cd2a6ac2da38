"""News of a failure comes late; whoever hears it can tell whether the work was taken up again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func

from tests.kit.tasks import toys
from ultra.kit import tasks
from ultra.kit.db import read_only, transaction
from ultra.kit.tasks import JobState, lease, outcomes, registry
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.runner import run_job
from ultra.kit.tasks.sweeper import sweep_once

pytestmark = pytest.mark.usefixtures("stores")

PAST = func.now() - timedelta(seconds=1)


def die_of_crashes(job_id: UUID) -> None:
    assert lease.claim(job_id, "dies")
    toys.change(job_id, lease_until=PAST, crashes=9)
    sweep_once()


def fail_in_its_worker(job_id: UUID) -> None:
    held = lease.claim(job_id, "me")
    assert held
    outcomes.record_error(held, tasks.Refused("never", code="never"))


def be_called_off(job_id: UUID) -> None:
    with transaction() as session:
        tasks.cancel_job(session, job_id)


ENDS = [die_of_crashes, toys.die_of_its_deadline, fail_in_its_worker, be_called_off]


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Run the task that is told; whether it saw that the work was taken up again."""
    seen: list[bool] = []

    def listen(*_: object) -> None:
        with read_only() as session:
            seen.append(tasks.is_taken_up_again(session))

    monkeypatch.setitem(
        registry._tasks, toys.HEAR, replace(registry.get_task(toys.HEAR), run=listen)
    )

    def run() -> bool:
        admit_once()
        [told] = toys.jobs_named(toys.HEAR)
        run_job(told.id)
        return seen.pop()

    return run


@pytest.mark.parametrize("end", ENDS)
def test_a_failure_that_stands_is_one(
    hear: Callable[[], bool], end: Callable[[UUID], None]
) -> None:
    job_id = toys.queue(dedupe_key="one at a time")
    end(job_id)
    [told] = toys.jobs_named(toys.HEAR)
    assert told.parent_id == job_id
    assert not hear()


@pytest.mark.parametrize("end", ENDS)
def test_the_same_was_asked_for_anew(hear: Callable[[], bool], end: Callable[[UUID], None]) -> None:
    end(toys.queue(dedupe_key="one at a time"))
    toys.enqueue(dedupe_key="one at a time")
    assert hear()


@pytest.mark.parametrize("end", [die_of_crashes, toys.die_of_its_deadline, fail_in_its_worker])
def test_the_job_itself_was_put_back(hear: Callable[[], bool], end: Callable[[UUID], None]) -> None:
    job_id = toys.queue()
    end(job_id)
    with transaction() as session:
        assert tasks.put_back(session, job_id)
    assert hear()


def test_other_work_is_other_work(hear: Callable[[], bool]) -> None:
    fail_in_its_worker(toys.queue("a"))
    toys.enqueue("a")
    toys.enqueue("b", dedupe_key="another")
    assert not hear()


def test_whoever_was_told_nothing_hears_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job whose parent is still at work is no late news."""
    seen: list[bool] = []

    def listen(*_: object) -> None:
        with read_only() as session:
            seen.append(tasks.is_taken_up_again(session))

    parent = toys.queue()
    assert lease.claim(parent, "me")
    child = toys.queue(parent_id=parent)
    monkeypatch.setattr(toys.Stage, "play", listen)
    run_job(child)
    assert toys.find(child).state is JobState.DONE
    assert seen == [False]
