"""The wall between workspaces, for every route of projects: a new one is checked by itself."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.github import connect, refresh
from tests.factories.projects import PROJECTS, add_project, path_of
from tests.factories.video import add_video
from tests.sandbox.conftest import Sandbox

BODIES: dict[str, Any] = {
    "projects.set_project_cover": {"video_id": None},
    "projects.set_project_repositories": {"full_names": []},
    "projects.update_project": {"name": "Ele geçirildi"},
    "projects.update_draft": {"body": "Ele geçirildi"},
}


def test_a_foreign_id_answers_404_everywhere(
    app: Flask, client: FlaskClient, person: SignedUp, stranger: FlaskClient, sandbox: Sandbox
) -> None:
    connect(client, sandbox)
    project, video = add_project(client), add_video(person)
    client.put(path_of(project, f"/videos/{video.id}"))
    names = {"full_names": ["deniz-yapim/kamera-ipi"]}
    client.put(path_of(project, "/repositories"), json=names)
    refresh()
    [shown] = client.get(path_of(project, "/repositories")).get_json()["items"]
    release = shown["last_release"]["id"]
    draft = client.post(path_of(project, f"/releases/{release}/draft"), json={}).get_json()
    foreign = {
        "project_id": project["id"],
        "video_id": str(video.id),
        "release_id": release,
        "draft_id": draft["id"],
    }
    before = everything(client, project)
    checked = 0
    for rule in app.url_map.iter_rules():
        wanted = {name: foreign[name] for name in rule.arguments if name in foreign}
        if not rule.rule.startswith(PROJECTS) or not wanted:
            continue
        path = app.url_map.bind("localhost").build(rule.endpoint, wanted)
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            name = f"projects.{rule.endpoint.rpartition('.')[2]}"
            body = BODIES.get(name, {})
            answer = stranger.open(path, method=method, json=body)
            assert answer.status_code == 404, (method, rule.rule, answer.text)
            assert answer.get_json()["code"].endswith("_not_found")
            checked += 1
    assert checked >= 16
    assert everything(client, project) == before


def test_ones_own_project_opens_nobody_elses_things(
    client: FlaskClient, person: SignedUp, stranger: FlaskClient, sandbox: Sandbox
) -> None:
    """The second id of a path is checked as well as the first."""
    connect(client, sandbox)
    project = add_project(client)
    names = {"full_names": ["deniz-yapim/kamera-ipi"]}
    client.put(path_of(project, "/repositories"), json=names)
    refresh()
    [shown] = client.get(path_of(project, "/repositories")).get_json()["items"]
    release = shown["last_release"]["id"]
    draft = client.post(path_of(project, f"/releases/{release}/draft"), json={}).get_json()
    own = add_project(stranger)
    for method, rest in (
        ("POST", f"/releases/{release}/draft"),
        ("PATCH", f"/drafts/{draft['id']}"),
        ("DELETE", f"/drafts/{draft['id']}"),
    ):
        body = {"body": "Ele geçirildi"} if method == "PATCH" else {}
        answer = stranger.open(path_of(own, rest), method=method, json=body)
        assert answer.status_code == 404, (method, rest)
    answer = stranger.get("/api/projects/github").get_json()
    assert answer["connection"] is None


def everything(client: FlaskClient, project: dict[str, Any]) -> list[Any]:
    parts = ("", "/videos", "/repositories", "/drafts")
    return [client.get(path_of(project, part)).get_json() for part in parts]
