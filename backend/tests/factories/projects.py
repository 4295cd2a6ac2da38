"""Projects for tests, through the API."""

from typing import Any

from flask.testing import FlaskClient

PROJECTS = "/api/projects"


def add_project(client: FlaskClient, name: str = "Yaz belgeseli", **more: Any) -> dict[str, Any]:
    answer = client.post(PROJECTS, json={"name": name, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def path_of(project: dict[str, Any], rest: str = "") -> str:
    return f"{PROJECTS}/{project['id']}{rest}"
