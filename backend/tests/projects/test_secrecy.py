"""No token, code or secret of GitHub's reaches a log, an answer, a job or Redis."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, text

from tests.factories.auth import SignedUp
from tests.factories.github import (
    GITHUB,
    begin,
    change_connection,
    come_back,
    decide,
    refresh,
    tell_sandbox,
)
from tests.factories.projects import add_project, path_of
from tests.sandbox.conftest import Sandbox
from ultra.kit.db import read_only
from ultra.kit.redis import redis
from ultra.platforms.github.places import SANDBOX_SECRET


def everything_stored() -> str:
    """Jobs, outbox, audit log, and all of Redis, as text."""
    with read_only() as session:
        rows = [
            session.scalars(text(f"select row_to_json(it)::text from {table} it")).all()  # noqa: S608
            for table in ("jobs", "outbox", "audit_log", "github_connections")
        ]
    kept: list[Any] = []
    for key in redis.keys("*"):
        kind = redis.type(key)
        read = {"string": redis.get, "hash": redis.hgetall, "stream": redis.xrange}.get(kind)
        kept.append(read(key) if read else key)
    return json.dumps([rows, kept], default=str)


def test_through_every_way_that_it_can_go(
    client: FlaskClient,
    person: SignedUp,
    sandbox: Sandbox,
    capfd: pytest.CaptureFixture[str],
) -> None:
    address = decide(sandbox, begin(client))
    code = parse_qs(urlsplit(address).query)["code"][0]
    assert come_back(client, address) == "connected"
    answers = []
    for behaviour in ({"status": 500}, {"reset": True}, {}):
        tell_sandbox(sandbox, "behaviour/tokens", **behaviour)
        come_back(client, decide(sandbox, begin(client)))
    project = add_project(client)
    names = {"full_names": ["deniz-yapim/kamera-ipi"]}
    client.put(path_of(project, "/repositories"), json=names)
    for behaviour in ({"status": 500}, {"reset": True}, {"status": 403}, {"status": 429}, {}):
        tell_sandbox(sandbox, "behaviour/api", **behaviour)
        refresh()
        answers.append(client.get(f"{GITHUB}/repositories").text)
        change_connection(next_look_at=func.now())
        client.put(path_of(project, "/repositories"), json={"full_names": []})
        client.put(path_of(project, "/repositories"), json=names)
    sandbox.ask("DELETE", "/github-app/sandbox/grant")
    change_connection(token_expires_at=func.now())
    refresh()
    answers += [client.get(GITHUB).text, client.get(path_of(project, "/repositories")).text]
    written = "".join(capfd.readouterr())
    assert "github.away" in written
    assert "github.reconnect_needed" in written
    for place in (written, everything_stored(), *answers):
        for secret in ("ghu_", "ghr_", SANDBOX_SECRET, code):
            assert secret not in place
