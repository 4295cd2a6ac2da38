"""Every route × everybody who might call it: who gets in, and who is sent away.

Getting in means to reach the handler: it may still find no such row, or want a recent proof.
"""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories.auth import as_browser, sign_up
from tests.walls.callers import Caller, member, routes_of
from tests.walls.matrix import NOT_BY_KEY, ROLES, ROUTES
from ultra.auth.sessions import access_tokens
from ultra.kit import clock
from ultra.kit.access import Scope
from ultra.kit.roles import Role, scopes_of

ALL = [(route, scope) for scope, routes in ROUTES.items() for route in routes]
CLOSED = [(route, scope) for route, scope in ALL if scope != "public"]
KEYS_MAY = sorted(set(ROUTES) - NOT_BY_KEY - {"public"})


def is_in(answer: TestResponse) -> bool:
    """Whether the request was let in to the handler."""
    if answer.status_code == 401:
        return False
    if answer.status_code != 403:
        return True
    # The answer to HEAD has no body that could say more.
    return bool(answer.data) and answer.get_json()["code"] != "forbidden"


def outcome(answer: TestResponse) -> str:
    if answer.status_code >= 500:
        return f"fault {answer.status_code}"
    return "in" if is_in(answer) else str(answer.status_code)


@pytest.fixture
def owner(app: Flask, stores: None, unlimited: None) -> Caller:
    # The first person of all is the operator, who may do more than their role.
    sign_up(as_browser(app))
    person = sign_up(as_browser(app))
    return Caller("owner", person.token, Role.OWNER, person, person.workspace_id)


def check(app: Flask, caller: Caller, expected: dict[str, str]) -> None:
    """Send every request of these, and compare everything at once: one list of all differences."""
    wrong = []
    for route, wanted in expected.items():
        answer = caller.send(app, route, {}, None if route.startswith("GET") else {})
        if outcome(answer) != wanted:
            wrong.append((route, caller.name, f"{outcome(answer)} instead of {wanted}"))
        if not route.startswith("GET"):
            caller.come_back()
    assert wrong == []


def test_every_route_has_its_row(app: Flask) -> None:
    rows = [route for route, _ in ALL]
    assert len(rows) == len(set(rows))
    assert sorted(routes_of(app) - set(rows)) == [], "routes without a row in matrix.py"
    assert sorted(set(rows) - routes_of(app)) == [], "rows without a route"


def test_the_roles_are_those_of_the_specification() -> None:
    assert {role.value: set(map(str, scopes_of(role))) for role in Role} == ROLES
    assert set(ROUTES) <= {scope.value for scope in Scope}


def test_anonymous(app: Flask, stores: None, unlimited: None) -> None:
    check(app, Caller("anonymous", None), {route: "401" for route, _ in CLOSED})


@pytest.mark.parametrize("token", ["eyJhbGciOiJub25lIn0.e30.", "x", "ultra_12345678_abc"])
def test_a_false_token(app: Flask, stores: None, unlimited: None, token: str) -> None:
    check(app, Caller("false", token), {route: "401" for route, _ in CLOSED})


def test_an_expired_token(app: Flask, owner: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    assert owner.token
    claims = access_tokens.verify(owner.token)
    long_ago = clock.now() - timedelta(hours=1)
    with monkeypatch.context() as frozen:
        frozen.setattr(access_tokens, "now", lambda: long_ago)
        token = access_tokens.issue(claims.user_id, claims.session_id)
    check(app, Caller("expired", token), {route: "401" for route, _ in CLOSED})


def test_an_ended_session(app: Flask, owner: Caller) -> None:
    app.test_client().post("/api/auth/logout", headers={"Authorization": f"Bearer {owner.token}"})
    check(app, Caller("ended", owner.token), {route: "401" for route, _ in CLOSED})


@pytest.mark.parametrize("role", list(Role))
def test_each_role(app: Flask, owner: Caller, role: Role) -> None:
    assert owner.workspace_id
    caller = owner if role is Role.OWNER else member(app, owner.workspace_id, role)
    may = ROLES[role.value]
    check(app, caller, {route: "in" if scope in may else "403" for route, scope in CLOSED})


@pytest.mark.parametrize("scope", KEYS_MAY)
def test_a_key_with_one_scope(app: Flask, owner: Caller, scope: str) -> None:
    """It opens the routes of that scope and nothing else."""
    caller = Caller(f"key {scope}", make_key(app, owner, [scope]))
    check(app, caller, {route: "in" if own == scope else "403" for route, own in CLOSED})


def test_a_key_cannot_be_given_more(app: Flask, owner: Caller) -> None:
    for scope in NOT_BY_KEY:
        answer = owner.send(app, "POST /api/auth/keys", {}, {"name": "x", "scopes": [scope]})
        assert answer.status_code in (403, 422), scope


def test_a_key_does_less_when_its_owner_may_do_less(app: Flask, owner: Caller) -> None:
    assert owner.workspace_id
    admin = member(app, owner.workspace_id, Role.ADMIN)
    key = Caller("key", make_key(app, admin, ["workspace:write", "video:read"]))
    rename = {"name": "Yeni"}
    assert key.send(app, "PATCH /api/workspaces/current", {}, rename).status_code == 200
    assert admin.person
    values = {"user_id": str(admin.person.user_id)}
    lowered = owner.send(
        app, "PATCH /api/workspaces/current/members/<uuid:user_id>", values, {"role": "viewer"}
    )
    assert lowered.status_code == 200
    assert key.send(app, "PATCH /api/workspaces/current", {}, rename).status_code == 403
    assert key.send(app, "GET /api/video", {}).status_code == 200
    owner.send(app, "DELETE /api/workspaces/current/members/<uuid:user_id>", values)
    assert key.send(app, "GET /api/video", {}).status_code == 401


def make_key(app: Flask, caller: Caller, scopes: list[str]) -> str:
    answer = caller.send(app, "POST /api/auth/keys", {}, {"name": "x", "scopes": scopes})
    assert answer.status_code == 201, answer.text
    key: str = answer.get_json()["key"]
    return key
