"""Jobs, schedules and hooks for tests."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from ultra.jobs import carriers
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.outbox import OutboxMessage
from ultra.kit.tasks import Job, JobState
from ultra.kit.tasks.relay import relay_once


def add_job(workspace_id: UUID | None, state: JobState = JobState.WAITING, **values: Any) -> UUID:
    """A row in this state, as if the engine had brought it there; without a note of it."""
    job_id = new_id()
    with transaction() as session:
        session.add(
            Job(
                **{
                    "id": job_id,
                    "name": "tests.act",
                    "args": [],
                    "queue": "general",
                    "priority": "medium",
                    "workspace_id": workspace_id,
                    "state": state,
                    "seq": 1,
                    **values,
                }
            )
        )
    return job_id


def add_ended_job(
    workspace_id: UUID | None,
    state: JobState = JobState.DONE,
    *,
    age: timedelta = timedelta(0),
    lateness: float = 0.0,
    **values: Any,
) -> UUID:
    """A job that ended `age` ago, after a second's work that began so many seconds late."""
    job_id = add_job(workspace_id, state, **values)
    ended = func.now() - age
    started = ended - timedelta(seconds=1)
    with transaction() as session:
        session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(
                finished_at=ended,
                started_at=started,
                not_before=started - timedelta(seconds=lateness),
                created_at=started - timedelta(seconds=lateness),
            )
        )
    return job_id


def carry_notes() -> int:
    """Let the jobs service take what the engine noted; how many notes."""
    return relay_once("journal", carriers.carry_notes)


def repeat_notes(times: int = 1) -> None:
    """The same as carry_notes, with a relay that is killed before it can forget the messages."""
    with transaction() as session:
        query = select(OutboxMessage).where(OutboxMessage.carrier == "journal")
        messages: Sequence[OutboxMessage] = session.scalars(query.order_by(OutboxMessage.id)).all()
    for _ in range(times):
        carriers.carry_notes(messages)


def create_hook(client: FlaskClient, **values: Any) -> dict[str, Any]:
    """A hook made through the API, with its secret."""
    body = {
        "name": "Depo",
        "offer": "tests.write_down",
        "mapping": {"text": {"from": "/data/text"}},
        **values,
    }
    answer = client.post("/api/jobs/hooks", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.get_json()
    return found
