"""A fact that is announced becomes one job per reaction, in the same transaction."""

import pytest

from tests.kit.kettle import KettleBoiled, heard
from tests.kit.tasks import toys
from ultra.kit.db import transaction
from ultra.kit.events import announce
from ultra.kit.ids import new_id
from ultra.kit.tasks import Job
from ultra.kit.tasks.registry import get_task

pytestmark = pytest.mark.usefixtures("stores")


def reactions() -> list[Job]:
    # The part before the dot is the service that reacts: the second part of its module's name.
    return [job for name in ("kit.pour_tea", "kit.call_guests") for job in toys.jobs_named(name)]


def test_each_reaction_becomes_a_job_of_its_own() -> None:
    event = KettleBoiled(new_id(), 1.5)
    with transaction() as session:
        announce(session, event)
    assert [job.name for job in reactions()] == ["kit.pour_tea", "kit.call_guests"]


def test_with_a_key_it_happens_once_ever() -> None:
    event = KettleBoiled(new_id(), 1.5)
    for _ in range(3):
        with transaction() as session:
            announce(session, event, key="kettle 1")
    with transaction() as session:
        announce(session, event, key="kettle 2")
    assert len(reactions()) == 4


def test_the_reaction_gets_the_event_as_it_was() -> None:
    event = KettleBoiled(new_id(), 1.5)
    with transaction() as session:
        announce(session, event)
    job = reactions()[0]
    heard.clear()
    get_task(job.name).run(*job.args)
    assert heard == [event]


def test_a_rollback_announces_nothing() -> None:
    with pytest.raises(ValueError), transaction() as session:
        announce(session, KettleBoiled(new_id(), 1.5))
        raise ValueError
    assert reactions() == []


def test_only_facts_can_be_announced() -> None:
    with pytest.raises(TypeError), transaction() as session:
        announce(session, {"kettle_id": 1})
