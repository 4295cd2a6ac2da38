"""What becomes of the engine's notes: the log, the quick state, news for pages, dead letters."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import delete, event, select

from tests.factories.auth import SignedUp
from tests.factories.jobs import add_job, carry_notes, repeat_notes
from tests.jobs import listeners
from tests.kit.tasks.toys import (
    Stage,
    change,
    empty_outbox,
    enqueue,
    find,
    jobs_named,
    journal,
    queue,
)
from ultra.jobs import carriers
from ultra.jobs.log import quick_state
from ultra.jobs.log import service as logs
from ultra.jobs.log.models import MOST_ENTRIES, Note
from ultra.kit import clock, documents, live
from ultra.kit.db import engine, read_only, transaction
from ultra.kit.documents.mongo import MongoDocuments
from ultra.kit.outbox import OutboxMessage
from ultra.kit.redis import redis
from ultra.kit.tasks import Job, JobState, Lease, Refused, lease
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.registry import get_task
from ultra.kit.tasks.relay import relay_once
from ultra.kit.tasks.runner import run_job as run

pytestmark = pytest.mark.usefixtures("person")


@pytest.fixture
def documents_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A MongoDB is configured, and nobody answers."""
    away = MongoDocuments("mongodb://127.0.0.1:1/ultra", patience=0.05)
    monkeypatch.setattr(logs, "documents", lambda: away)
    yield
    away._database.client.close()


def events(client: FlaskClient, job_id: UUID) -> list[dict[str, Any]]:
    answer = client.get(f"/api/jobs/{job_id}/events")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


def names(client: FlaskClient, job_id: UUID) -> list[str]:
    return [entry["event"] for entry in events(client, job_id)]


def news(person: SignedUp) -> list[dict[str, Any]]:
    return [
        json.loads(entry["data"])
        for _, entry in redis.xrange(live.stream_of(person.user_id))
        if entry["event"] == "job.changed"
    ]


def left(carrier: str) -> int:
    with read_only() as session:
        query = select(OutboxMessage).where(OutboxMessage.carrier == carrier)
        return len(session.scalars(query).all())


def note(job_id: UUID, seq: int, event: str = "started", **facts: Any) -> Note:
    body = {"job_id": str(job_id), "workspace_id": None, "name": "tests.act", "seq": seq}
    return Note.read(
        {**body, "at": clock.now().isoformat(), "event": event, "state": "running", **facts}
    )


class TestLog:
    def test_tells_the_whole_life_of_a_job(self, client: FlaskClient, person: SignedUp) -> None:
        Stage.play = lambda _lease: {"made": 1}
        job_id = queue("x", workspace_id=person.workspace_id)
        run(job_id)
        noted = journal(job_id)
        assert noted[0] == "created"
        assert noted[-1] == "done"
        carry_notes()
        found = events(client, job_id)
        assert [entry["event"] for entry in found] == noted
        assert [entry["seq"] for entry in found] == list(range(1, len(noted) + 1))
        assert found[0]["facts"] == {"trigger": "api"}
        assert found[-1]["state"] == "done"
        assert left("journal") == 0

    def test_has_what_a_person_did(self, client: FlaskClient, person: SignedUp) -> None:
        job_id = enqueue(workspace_id=person.workspace_id)
        for action in ("pause", "resume", "cancel"):
            client.post(f"/api/jobs/{job_id}/{action}")
        carry_notes()
        assert names(client, job_id) == ["created", "paused", "resumed", "cancelled"]

    def test_is_the_same_after_a_repeated_batch(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = enqueue(workspace_id=person.workspace_id)
        client.post(f"/api/jobs/{job_id}/cancel")
        repeat_notes(3)
        carry_notes()
        assert names(client, job_id) == ["created", "cancelled"]

    def test_is_in_order_though_notes_come_out_of_order(
        self, client: FlaskClient, operators_client: FlaskClient
    ) -> None:
        job_id = add_job(None)
        for seq in (3, 1, 4, 2):
            logs.keep([note(job_id, seq)])
        assert [entry["seq"] for entry in events(operators_client, job_id)] == [1, 2, 3, 4]

    def test_is_empty_while_the_first_note_is_on_its_way(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        assert events(client, enqueue(workspace_id=person.workspace_id)) == []

    def test_does_not_grow_for_ever_and_has_the_end(self, operators_client: FlaskClient) -> None:
        job_id = add_job(None)
        logs.keep([note(job_id, seq) for seq in range(MOST_ENTRIES - 2, MOST_ENTRIES + 10)])
        logs.keep([note(job_id, MOST_ENTRIES + 10, "dead")])
        found = [entry["seq"] for entry in events(operators_client, job_id)]
        assert found == [*range(MOST_ENTRIES - 2, MOST_ENTRIES + 1), MOST_ENTRIES + 10]

    def test_holds_no_progress(self, operators_client: FlaskClient) -> None:
        job_id = add_job(None)
        logs.keep([note(job_id, 1), note(job_id, 1, "progress", progress=0.5)])
        assert [entry["event"] for entry in events(operators_client, job_id)] == ["started"]

    def test_facts_are_what_is_not_the_note_itself(self) -> None:
        found = note(UUID(int=1), 4, "retried", error_code="OSError", pause_seconds=2.0)
        assert found.entry.facts == {"error_code": "OSError", "pause_seconds": 2.0}


@contextmanager
def redis_away() -> Iterator[None]:
    """Nobody answers where the quick state is kept."""
    away = Redis(unix_socket_path="/nowhere", retry=Retry(NoBackoff(), 0))
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(quick_state, "redis", away)
        yield
    away.close()


class TestRedisAway:
    def test_what_it_knew_before_is_not_the_last_word(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        Stage.play = lambda _lease: None
        job_id = queue(workspace_id=person.workspace_id)
        carry_notes()
        told_before = len(news(person))
        run(job_id)
        noted = journal(job_id)
        with redis_away():
            assert carry_notes() == len(noted)
            # Only the quick state and the pages wait.
            assert (left("journal"), left("job_state")) == (0, len(noted))
            assert names(client, job_id)[-1] == "done"
            assert relay_once("job_state", carriers.carry_late_states) == 0
            assert left("job_state") == len(noted)
        assert client.get(f"/api/jobs/{job_id}/state").get_json()["state"] == "queued"
        assert relay_once("job_state", carriers.carry_late_states) == len(noted)
        found = client.get(f"/api/jobs/{job_id}/state").get_json()
        assert (found["state"], found["source"]) == ("done", "redis")
        assert [each["state"] for each in news(person)[told_before:]] == ["done"]
        assert left("job_state") == 0

    def test_late_progress_does_not_take_the_place_of_newer(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = queue(workspace_id=person.workspace_id)
        held = lease.claim(job_id, "me")
        assert held
        held.report(0.25)
        with redis_away():
            carry_notes()
        held.reported_at = 0
        held.report(0.75)
        carry_notes()
        relay_once("job_state", carriers.carry_late_states)
        found = client.get(f"/api/jobs/{job_id}/state").get_json()
        assert (found["state"], found["progress"]) == ("running", 0.75)

    def test_dead_letters_are_announced_all_the_same(self, person: SignedUp) -> None:
        def refuse(_lease: Lease) -> None:
            raise Refused("no", code="slack_gone")

        Stage.play = refuse
        run(queue(workspace_id=person.workspace_id))
        with redis_away():
            carry_notes()
        assert len(jobs_named(listeners.HEARD)) == 1


@pytest.mark.usefixtures("documents_away")
class TestDocumentsAway:
    def test_pages_are_told_and_the_notes_wait(
        self, client: FlaskClient, person: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job_id = enqueue(workspace_id=person.workspace_id)
        assert carry_notes() == 1
        assert [each["id"] for each in news(person)] == [str(job_id)]
        assert (left("journal"), left("job_log")) == (0, 1)
        # As long as the store is away they stay.
        assert relay_once("job_log", carriers.carry_late_notes) == 0
        assert left("job_log") == 1
        answer = client.get(f"/api/jobs/{job_id}/events")
        assert (answer.status_code, answer.get_json()["code"]) == (503, "documents_unreachable")
        monkeypatch.setattr(logs, "documents", documents.documents)
        assert relay_once("job_log", carriers.carry_late_notes) == 1
        assert names(client, job_id) == ["created"]
        assert left("job_log") == 0

    def test_what_is_for_the_broker_goes_on(self) -> None:
        job_id = queue()
        carry_notes()
        assert left("broker") == 1
        Stage.play = lambda _lease: None
        run(job_id)
        assert find(job_id).state is JobState.DONE


class TestNews:
    def test_the_newest_of_each_job_once(self, client: FlaskClient, person: SignedUp) -> None:
        job_id = enqueue(workspace_id=person.workspace_id)
        client.post(f"/api/jobs/{job_id}/pause")
        repeat_notes(3)
        carry_notes()
        [told] = news(person)
        assert told == {
            "id": str(job_id),
            "name": "tests.act",
            "state": "paused",
            "progress": None,
            "seq": 2,
        }

    def test_other_workspaces_hear_nothing(self, person: SignedUp, operator: SignedUp) -> None:
        enqueue(workspace_id=person.workspace_id)
        enqueue()
        carry_notes()
        assert len(news(person)) == 1
        assert news(operator) == []

    def test_a_reader_of_the_quick_state_takes_no_news_from_others(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = enqueue(workspace_id=person.workspace_id)
        assert client.get(f"/api/jobs/{job_id}/state").get_json()["source"] == "postgres"
        carry_notes()
        assert len(news(person)) == 1


class TestQuickState:
    def state(self, client: FlaskClient, job_id: UUID) -> dict[str, Any]:
        answer = client.get(f"/api/jobs/{job_id}/state")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        assert found.pop("id") == str(job_id)
        return found

    def test_comes_from_redis_once_the_note_is_there(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = enqueue(workspace_id=person.workspace_id)
        carry_notes()
        assert self.state(client, job_id) == {
            "state": "waiting",
            "progress": None,
            "progress_note": None,
            "seq": 1,
            "source": "redis",
        }
        assert 0 < redis.ttl(f"job:{job_id}") <= 24 * 3600

    def test_is_rebuilt_when_redis_has_lost_everything(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        job_id = enqueue(workspace_id=person.workspace_id)
        change(job_id, progress=0.25, progress_note="render")
        carry_notes()
        redis.flushdb()
        expected = {"state": "waiting", "progress": 0.25, "progress_note": "render", "seq": 1}
        assert self.state(client, job_id) == {**expected, "source": "postgres"}
        assert self.state(client, job_id) == {**expected, "source": "redis"}

    def test_never_goes_back(self, operators_client: FlaskClient) -> None:
        job_id = add_job(None, JobState.RUNNING)
        assert len(quick_state.write([note(job_id, 5)])) == 1
        assert quick_state.write([note(job_id, 4), note(job_id, 5), note(job_id, 1)]) == []
        assert self.state(operators_client, job_id)["seq"] == 5

    def test_progress_has_no_number_of_its_own(self, operators_client: FlaskClient) -> None:
        job_id = add_job(None, JobState.RUNNING)
        quick_state.write([note(job_id, 2)])
        for progress in (0.1, 0.6):
            told = note(job_id, 2, "progress", progress=progress, progress_note="render")
            assert quick_state.write([told]) == [told]
        found = self.state(operators_client, job_id)
        assert (found["progress"], found["progress_note"], found["seq"]) == (0.6, "render", 2)
        # Other changes leave it, a new life does not.
        quick_state.write([note(job_id, 3, "cancel_requested")])
        assert self.state(operators_client, job_id)["progress"] == 0.6
        quick_state.write([note(job_id, 4, "put_back")])
        assert self.state(operators_client, job_id)["progress"] is None

    def test_redis_does_not_open_the_wall(
        self, client: FlaskClient, operator: SignedUp, operators_client: FlaskClient
    ) -> None:
        for owner in (operator.workspace_id, None):
            job_id = enqueue(workspace_id=owner)
            carry_notes()
            assert redis.exists(f"job:{job_id}")
            assert client.get(f"/api/jobs/{job_id}/state").status_code == 404
            assert self.state(operators_client, job_id)["source"] == "redis"


class TestGivenUp:
    def heard(self) -> list[Job]:
        with read_only() as session:
            query = select(Job).where(Job.name == listeners.HEARD).order_by(Job.created_at)
            return list(session.scalars(query))

    def refuse(self, _lease: Lease) -> None:
        raise Refused("no", code="slack_gone")

    def test_is_announced_once(self, person: SignedUp) -> None:
        Stage.play = self.refuse
        job_id = queue(workspace_id=person.workspace_id)
        run(job_id)
        repeat_notes(3)
        carry_notes()
        [job] = self.heard()
        assert job.args == [
            {
                "job_id": str(job_id),
                "workspace_id": str(person.workspace_id),
                "name": "tests.act",
                "error_code": "slack_gone",
            }
        ]

    def test_is_announced_again_after_another_life(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        Stage.play = self.refuse
        job_id = queue(workspace_id=person.workspace_id)
        run(job_id)
        carry_notes()
        client.post(f"/api/jobs/{job_id}/retry")
        admit_once()
        run(job_id)
        carry_notes()
        assert len(self.heard()) == 2

    def test_nobody_hears_of_other_ends(self, client: FlaskClient, person: SignedUp) -> None:
        Stage.play = lambda _lease: None
        run(queue(workspace_id=person.workspace_id))
        cancelled = enqueue(workspace_id=person.workspace_id)
        client.post(f"/api/jobs/{cancelled}/cancel")
        dropped = add_job(person.workspace_id, JobState.DEAD)
        client.post(f"/api/jobs/{dropped}/drop")
        carry_notes()
        assert self.heard() == []

    def test_work_of_the_product_itself_has_no_workspace(self) -> None:
        Stage.play = self.refuse
        run(queue())
        carry_notes()
        [job] = self.heard()
        assert job.args[0]["workspace_id"] is None
        get_task(job.name)(*job.args)
        assert listeners.given_up[-1].workspace_id is None


def test_a_batch_costs_few_statements(person: SignedUp) -> None:
    """Two hundred notes of two hundred jobs: one look for members, one write of logs."""
    for _ in range(200):
        enqueue(workspace_id=person.workspace_id)
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        assert carry_notes() == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(statements) <= 6, statements
    empty_outbox()


class TestProgress:
    def test_is_news_and_a_state_and_no_entry(self, client: FlaskClient, person: SignedUp) -> None:
        Stage.play = lambda lease: lease.report(0.25, "render")
        job_id = queue(workspace_id=person.workspace_id)
        run(job_id)
        noted = journal(job_id)
        assert noted[-2:] == ["progress", "done"]
        with transaction() as session:
            newest = select(OutboxMessage.id).order_by(OutboxMessage.id.desc()).limit(1)
            session.execute(delete(OutboxMessage).where(OutboxMessage.id == session.scalar(newest)))
        carry_notes()
        [told] = news(person)
        assert (told["state"], told["progress"]) == ("running", 0.25)
        found = client.get(f"/api/jobs/{job_id}/state").get_json()
        assert (found["progress"], found["progress_note"], found["source"]) == (
            0.25,
            "render",
            "redis",
        )
        assert names(client, job_id) == noted[:-2]
