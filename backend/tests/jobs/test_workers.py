"""The list of workers is what they told of themselves lately, and for operators alone."""

import json

from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.jobs import add_job
from ultra.kit.clock import now
from ultra.kit.redis import redis
from ultra.kit.tasks import JobState


def test_shows_who_works_here(
    operators_client: FlaskClient, client: FlaskClient, person: SignedUp
) -> None:
    told = {
        "host": "makine",
        "pid": 7,
        "started_at": now().isoformat(),
        "seen_at": now().isoformat(),
        "memory_bytes": 1000,
        "version": "0.1.0",
    }
    worker = {**told, "id": "makine:7", "pools": ["video"], "concurrency": 1}
    redis.set("worker:makine:7", json.dumps(worker), ex=15)
    redis.set("dispatcher:makine:8", json.dumps({**told, "id": "makine:8", "pid": 8}), ex=15)
    job_id = add_job(person.workspace_id, JobState.RUNNING, owner="makine:7")
    found = operators_client.get("/api/jobs/workers").get_json()["items"]
    assert [(each["kind"], each["pid"], each["pools"]) for each in found] == [
        ("worker", 7, ["video"]),
        ("dispatcher", 8, []),
    ]
    assert [each["running"] for each in found] == [[str(job_id)], []]
    assert client.get("/api/jobs/workers").status_code == 403


def test_nobody_works_here(operators_client: FlaskClient, operator: SignedUp) -> None:
    assert operators_client.get("/api/jobs/workers").get_json() == {"items": []}
