"""Old jobs, their logs and old hook calls go; what is young, open or a dead letter stays longer."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.factories.auth import SignedUp
from tests.factories.jobs import add_ended_job, add_job, carry_notes, create_hook
from tests.jobs.callers import call
from tests.kit.tasks.toys import change, enqueue
from ultra.jobs.hooks.models import HookCall
from ultra.jobs.hooks.tasks import remove_old_hook_calls
from ultra.jobs.jobs import service as jobs
from ultra.jobs.jobs.tasks import purge_old_jobs
from ultra.jobs.log import service as logs
from ultra.kit.db import read_only, transaction
from ultra.kit.tasks import Job, JobState
from ultra.settings import settings


def kept() -> set[UUID]:
    with read_only() as session:
        return set(session.scalars(select(Job.id)))


def days(number: float) -> timedelta:
    return timedelta(days=number)


def test_what_is_old_goes(person: SignedUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PURGE_BATCH", 2)
    own = person.workspace_id
    old = [
        add_ended_job(own, JobState.DONE, age=days(31)),
        add_ended_job(own, JobState.CANCELLED, age=days(31)),
        add_ended_job(None, JobState.DONE, age=days(400)),
        add_ended_job(own, JobState.DEAD, age=days(91)),
        add_ended_job(own, JobState.FAILED, age=days(91)),
    ]
    young = {
        add_ended_job(own, JobState.DONE, age=days(29)),
        add_ended_job(own, JobState.DEAD, age=days(89)),
        add_ended_job(own, JobState.FAILED, age=days(31)),
        *(add_job(own, state) for state in (JobState.WAITING, JobState.PAUSED)),
    }
    assert purge_old_jobs() == {"removed": len(old)}
    assert kept() == young
    assert purge_old_jobs() == {"removed": 0}


def test_the_log_goes_with_its_job(client: FlaskClient, person: SignedUp) -> None:
    job_id, nobodys, young = (
        enqueue(workspace_id=workspace) for workspace in (person.workspace_id, None, None)
    )
    carry_notes()
    for each in (job_id, nobodys):
        change(each, state=JobState.DONE, finished_at=func.now() - days(31))
    assert purge_old_jobs() == {"removed": 2}
    assert logs.read(person.workspace_id, job_id) == []
    assert logs.read(None, nobodys) == []
    assert len(logs.read(None, young)) == 1


def test_how_long_is_a_setting(person: SignedUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.jobs, "keep_days", 60)
    monkeypatch.setattr(settings.jobs, "keep_given_up_days", 5)
    done = add_ended_job(person.workspace_id, JobState.DONE, age=days(31))
    add_ended_job(person.workspace_id, JobState.DEAD, age=days(6))
    assert purge_old_jobs() == {"removed": 1}
    assert kept() == {done}


def test_calls_of_hooks_go_too(client: FlaskClient, person: SignedUp) -> None:
    hook = create_hook(client)
    for _ in range(2):
        call(client, hook, {"data": {"text": "x"}})
    with transaction() as session:
        first: Any = session.scalars(select(HookCall.id).order_by(HookCall.created_at).limit(1))
        session.execute(
            update(HookCall)
            .where(HookCall.id == first.one())
            .values(created_at=func.now() - days(31))
        )
    assert remove_old_hook_calls() == {"removed": 1}
    assert len(client.get(f"/api/jobs/hooks/{hook['id']}/calls").get_json()["items"]) == 1
