"""Another tenant's id in a valid request answers 404, whichever of its ids it stands in for."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.factories.auth import as_browser, sign_up
from tests.walls.callers import Caller, routes_of
from tests.walls.matrix import ROUTES
from tests.walls.world import Tenant, make_tenant
from ultra.kit.roles import Role

# Which row an id in a path means.
TABLES = {
    "job_id": "jobs",
    "schedule_id": "schedules",
    "hook": "hooks",
    "video_id": "videos",
    "upload_id": "uploads",
    "notification_id": "notifications",
    "delivery_id": "notification_deliveries",
    "endpoint_id": "notification_endpoints",
    "device_id": "push_devices",
    "identity_id": "identities",
    "key_id": "api_keys",
    "passkey_id": "passkeys",
    "project_id": "projects",
    "draft_id": "release_drafts",
    "release_id": "repository_releases",
    "invitation_id": "invitations",
    "export_id": "workspace_exports",
}
# What a request needs besides its path. Ids in braces are the caller's own.
BODIES: dict[str, Any] = {
    "PATCH /api/auth/passkeys/<uuid:passkey_id>": {"name": "Anahtar"},
    "PATCH /api/workspaces/current/members/<uuid:user_id>": {"role": "editor"},
    "POST /api/workspaces/current/transfer": {"user_id": "{user_id}"},
    "PUT /api/projects/<uuid:project_id>/cover": {"video_id": "{video_id}"},
    "PATCH /api/projects/<uuid:project_id>": {"name": "Ad"},
    "PATCH /api/projects/<uuid:project_id>/drafts/<uuid:draft_id>": {"body": "metin"},
    "PUT /api/projects/<uuid:project_id>/repositories": {"full_names": []},
    "PATCH /api/video/<uuid:video_id>": {"title": "Başlık"},
}
# A restored workspace must have been deleted; a file must have been made, which takes a worker.
FINDS_NOTHING_OF_ITS_OWN = {
    "POST /api/workspaces/<uuid:workspace_id>/restore",
    "GET /api/workspaces/current/exports/<uuid:export_id>/download",
    "GET /api/video/<uuid:video_id>/<name>",
    "GET /api/video/<uuid:video_id>/download",
    "GET /api/video/<uuid:video_id>/poster",
    "GET /api/video/<uuid:video_id>/scenes",
    "GET /api/video/<uuid:video_id>/stream/<name>",
}
UPLOAD_HEADERS = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}


def named_ids(route: str) -> list[str]:
    """Every id that a request of this route holds, in its path or its body."""
    in_path = re.findall(r"<uuid:([a-z_]+)>", route)
    in_body = re.findall(r"\{([a-z_]+)\}", str(BODIES.get(route, "")))
    return [*in_path, *in_body]


def id_of(tenant: Tenant, name: str) -> UUID:
    if name == "user_id":
        return tenant.colleague.user_id
    if name == "workspace_id":
        return tenant.second_workspace
    if name == "session_id":
        return tenant.other_session
    return tenant.ids[TABLES[name]]


@pytest.fixture
def tenants(app: Flask, stores: None, unlimited: None) -> tuple[Tenant, Tenant]:
    sign_up(as_browser(app))  # the operator, for whom there is no wall
    return make_tenant(app), make_tenant(app)


def caller_of(tenant: Tenant) -> Caller:
    person = tenant.person
    return Caller("tenant", person.token, Role.OWNER, person, person.workspace_id)


def send(app: Flask, caller: Caller, route: str, ids: dict[str, str]) -> tuple[int, str]:
    body = BODIES.get(route)
    if body is not None:
        body = {
            name: value.format(**ids) if isinstance(value, str) else value
            for name, value in body.items()
        }
    elif not route.startswith(("GET", "OPTIONS")):
        body = {}
    if "/api/video/uploads" in route:
        method, path = route.split(" ")
        path = path.replace("<uuid:upload_id>", ids.get("upload_id", ""))
        headers = {"Authorization": f"Bearer {caller.token}", **UPLOAD_HEADERS}
        answer = app.test_client().open(
            path,
            method=method,
            data=b"",
            headers=headers,
            content_type="application/offset+octet-stream",
        )
    else:
        answer = caller.send(app, route, {"name": "poster.jpg", **ids}, body)
    return answer.status_code, answer.text


def test_every_kind_of_id_is_known(app: Flask) -> None:
    names = {name for route in routes_of(app) for name in named_ids(route)}
    unknown = names - set(TABLES) - {"user_id", "workspace_id", "session_id"}
    assert unknown == set(), "say in TABLES which rows these ids mean"


def test_each_id_replaced_by_a_foreign_one(app: Flask, tenants: tuple[Tenant, Tenant]) -> None:
    own, foreign = tenants
    caller = caller_of(own)
    wrong, checked = [], 0
    for route in sorted(routes_of(app)):
        names = named_ids(route)
        # What is for operators is about no tenant; the matrix says that nobody else gets in.
        if not names or route in ROUTES["operate"]:
            continue
        valid = {name: str(id_of(own, name)) for name in names}
        for name in names:
            status, text = send(app, caller, route, {**valid, name: str(id_of(foreign, name))})
            checked += 1
            if status != 404:
                wrong.append((route, name, status, text[:200]))
        # With its own ids alone it is found: so it was the foreign one that was not.
        status, text = send(app, caller, route, valid)
        if status >= 500 or (status == 404) != (route in FINDS_NOTHING_OF_ITS_OWN):
            wrong.append((route, "own", status, text[:200]))
        if not route.startswith("GET"):
            caller.come_back()
            own.refill()
    assert not wrong, "\n".join(map(str, wrong))
    assert checked >= 60


def test_lists_show_nothing_of_another(app: Flask, tenants: tuple[Tenant, Tenant]) -> None:
    own, foreign = tenants
    caller = caller_of(own)
    theirs = {str(each) for each in (*foreign.ids.values(), foreign.person.workspace_id)}
    theirs |= {str(foreign.person.user_id), str(foreign.colleague.user_id)}
    seen = 0
    for route in sorted(routes_of(app)):
        if not route.startswith("GET /api/") or "<" in route or "openapi" in route:
            continue
        answer = caller.send(app, route, {})
        assert answer.status_code < 500, (route, answer.text)
        if answer.is_json:
            assert not [each for each in theirs if each in answer.text], route
            seen += any(str(each) in answer.text for each in own.ids.values())
    assert seen >= 10


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_foreign_id_in_any_place(
    app: Flask, tenants: tuple[Tenant, Tenant], data: st.DataObject
) -> None:
    """Also ids of another kind of row: an id of a video is no key to a project."""
    own, foreign = tenants
    routes = [
        route for route in sorted(routes_of(app)) if named_ids(route) and route.startswith("GET")
    ]
    route = data.draw(st.sampled_from(routes))
    name = data.draw(st.sampled_from(named_ids(route)))
    ids = {each: str(id_of(own, each)) for each in named_ids(route)}
    ids[name] = str(data.draw(st.sampled_from(sorted(foreign.ids.values()))))
    status, text = send(app, caller_of(own), route, ids)
    assert status == 404, (route, name, text[:200])
