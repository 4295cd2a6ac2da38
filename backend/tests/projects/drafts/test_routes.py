"""Drafts through HTTP."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.auth import SignedUp
from tests.factories.github import GITHUB, connect, refresh
from tests.factories.projects import add_project, path_of
from tests.sandbox.conftest import Sandbox
from ultra.kit.db import read_only
from ultra.kit.ids import new_id
from ultra.projects.connections import service as connections
from ultra.projects.connections.models import GitHubConnection


@pytest.fixture
def project(client: FlaskClient, person: SignedUp, sandbox: Sandbox) -> dict[str, Any]:
    connect(client, sandbox)
    made = add_project(client)
    names = {"full_names": ["deniz-yapim/kamera-ipi"]}
    client.put(path_of(made, "/repositories"), json=names)
    refresh()
    return made


def release(client: FlaskClient, project: dict[str, Any]) -> dict[str, Any]:
    [shown] = client.get(path_of(project, "/repositories")).get_json()["items"]
    found: dict[str, Any] = shown["last_release"]
    return found


def draft(client: FlaskClient, project: dict[str, Any], **wanted: str) -> dict[str, Any]:
    path = path_of(project, f"/releases/{release(client, project)['id']}/draft")
    answer = client.post(path, json=wanted)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def drafts(client: FlaskClient, project: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(path_of(project, "/drafts")).get_json()["items"]
    return items


def test_a_draft_is_made_in_the_language_asked_for(
    client: FlaskClient, project: dict[str, Any]
) -> None:
    made = draft(client, project, language="tr")
    assert made["body"].startswith("kamera-ipi v2.1.0 yayında!\n\n2.1: Daha sakin görüntü\n")
    assert "• Pil göstergesi artık yüzde gösteriyor\n" in made["body"]
    assert (made["tag"], made["repository"]) == ("v2.1.0", "deniz-yapim/kamera-ipi")
    assert draft(client, project)["body"].startswith("kamera-ipi v2.1.0 is out!")
    assert [each["language"] for each in drafts(client, project)] == ["en", "tr"]


def test_a_draft_is_worked_on_and_thrown_away(client: FlaskClient, project: dict[str, Any]) -> None:
    made = draft(client, project)
    path = path_of(project, f"/drafts/{made['id']}")
    changed = client.patch(path, json={"body": "Kendi sözlerim"}).get_json()
    assert changed["body"] == "Kendi sözlerim"
    assert changed["updated_at"] > made["updated_at"]
    assert client.patch(path, json={"body": " "}).status_code == 422
    assert client.delete(path).status_code == 204
    assert client.delete(path).get_json()["code"] == "draft_not_found"
    assert drafts(client, project) == []


def test_a_draft_outlives_the_connection(client: FlaskClient, project: dict[str, Any]) -> None:
    made = draft(client, project)
    client.delete(GITHUB)
    with read_only() as session:
        connection_id = session.scalars(select(GitHubConnection.id)).one()
    connections.forget(connection_id)
    [kept] = drafts(client, project)
    assert kept == {**made, "release_id": None}


def test_a_release_of_no_repository_of_the_project_is_unknown(
    client: FlaskClient, project: dict[str, Any]
) -> None:
    other = add_project(client)
    for target, release_id in (
        (other, release(client, project)["id"]),
        (project, str(new_id())),
    ):
        answer = client.post(path_of(target, f"/releases/{release_id}/draft"), json={})
        assert (answer.status_code, answer.get_json()["code"]) == (404, "release_not_found")


def test_drafts_are_paged(client: FlaskClient, project: dict[str, Any]) -> None:
    made = [draft(client, project)["id"] for _ in range(3)]
    first = client.get(path_of(project, "/drafts?limit=2")).get_json()
    rest = f"/drafts?limit=2&cursor={first['next_cursor']}"
    second = client.get(path_of(project, rest)).get_json()
    found = [item["id"] for item in first["items"] + second["items"]]
    assert found == made[::-1]
    assert second["next_cursor"] is None
