"""The wall between workspaces, for every route that there is: a new one is checked by itself."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.factories.auth import SignedUp
from tests.factories.jobs import add_ended_job, add_job, create_hook
from tests.jobs.test_schedules import create as create_schedule
from ultra.kit.access import Scope
from ultra.kit.tasks import JobState


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Method, endpoint and rule of each route of this service that is not public."""
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/jobs"):
            continue
        if app.view_functions[rule.endpoint].access is Scope.PUBLIC:  # type: ignore[attr-defined]
            continue
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            yield method, rule.endpoint, rule.rule


def test_a_foreign_id_answers_404_everywhere(
    app: Flask, client: FlaskClient, operators_client: FlaskClient, person: SignedUp
) -> None:
    schedule, hook = create_schedule(operators_client), create_hook(operators_client)
    operator_workspace = operators_client.get("/api/auth/me").get_json()["workspace"]["id"]
    for state in (JobState.WAITING, JobState.DEAD):
        foreign = {
            "job_id": str(add_job(operator_workspace, state)),
            "schedule_id": schedule["id"],
            "hook": hook["id"],
        }
        checked = 0
        for method, endpoint, rule in routes(app):
            names = [part[6:-1] for part in rule.split("/") if part.startswith("<uuid:")]
            if not names:
                continue
            path = app.url_map.bind("localhost").build(
                endpoint, {name: foreign[name] for name in names}, force_external=False
            )
            answer = client.open(path, method=method, json={})
            assert answer.status_code == 404, (method, rule, answer.text)
            assert answer.get_json()["code"].endswith("_not_found")
            checked += 1
        assert checked >= 16
    [shown] = operators_client.get("/api/jobs/schedules").get_json()["items"]
    assert shown == schedule
    assert operators_client.get(f"/api/jobs/hooks/{hook['id']}").status_code == 200


def test_everything_is_for_operators_wherever_it_can_be_asked_for(
    app: Flask, client: FlaskClient, operators_client: FlaskClient, person: SignedUp
) -> None:
    document = client.get("/api/openapi.json").get_json()
    checked = 0
    for path, item in document["paths"].items():
        if not path.startswith("/api/jobs"):
            continue
        named = [each["name"] for each in item.get("get", {}).get("parameters", [])]
        if "scope" in named:
            assert client.get(f"{path}?scope=all").status_code == 403, path
            assert operators_client.get(f"{path}?scope=all").status_code == 200, path
            checked += 1
    assert checked == 4
    for action in ("retry", "drop"):
        answer = client.post(f"/api/jobs/dead-letters/{action}", json={"scope": "all"})
        assert answer.status_code == 403


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.fixed_dictionaries(
        {},
        optional={
            "state": st.lists(st.sampled_from(list(JobState)), max_size=3),
            "queue": st.sampled_from(["video", "api", "general"]),
            "priority": st.sampled_from(["high", "medium", "low"]),
            "trigger": st.sampled_from(["api", "event"]),
            "name": st.sampled_from(["tests.act", "tests.hear_of_failure"]),
            "q": st.text(min_size=1, max_size=20),
            "limit": st.integers(1, 100),
        },
    )
)
def test_no_filter_shows_what_is_not_ones_own(
    client: FlaskClient, person: SignedUp, operator: SignedUp, query: dict[str, Any]
) -> None:
    """Also: no text makes the search fail."""
    for owner in (person.workspace_id, operator.workspace_id, None):
        add_job(owner)
        add_ended_job(owner, JobState.DEAD)
    answer = client.get("/api/jobs", query_string=query)
    assert answer.status_code in (200, 422), answer.text
    for item in answer.get_json().get("items", []):
        assert item["workspace_id"] == str(person.workspace_id)
        assert not query.get("state") or item["state"] in query["state"]
        assert item["name"] == query.get("name", item["name"])
