"""A workspace that demands a second factor: who is kept out, from what, and how they come back."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import event, text

from tests.auth.factors.people import Clock, add_passkey, let_time_pass_since_sign_in, turn_on_totp
from tests.auth.workspaces.conftest import Caller, actions
from tests.factories import mail
from tests.factories.auth import as_browser
from ultra.auth import public
from ultra.kit import walls
from ultra.kit.access import Scope, SecondFactorRequired
from ultra.kit.db import engine, read_only
from ultra.kit.redis import redis
from ultra.kit.roles import Role

CLOSED = [
    "/api/workspaces/current",
    "/api/workspaces/current/members",
    "/api/video",
    "/api/projects",
    "/api/jobs",
    "/api/notifications",
    "/api/events",
]
OPEN = ["/api/auth/me", "/api/auth/factors", "/api/auth/sessions", "/api/workspaces"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def demand(caller: Caller, *, is_required: bool = True) -> Any:
    body = {"is_required": is_required}
    return caller.browser.put("/api/workspaces/current/second-factor", json=body)


@pytest.fixture
def strict(owner: Caller) -> Caller:
    """The owner of a workspace that demands a second factor."""
    add_passkey(owner.browser)
    answer = demand(owner)
    assert answer.status_code == 200, answer.text
    return owner


def outcome(caller: Caller, path: str) -> tuple[int, str | None]:
    answer = caller.browser.get(path)
    body = answer.get_json(silent=True) or {}
    return answer.status_code, body.get("code")


class TestDemanding:
    def test_is_the_owner_s_with_a_factor_and_a_recent_proof(self, owner: Caller) -> None:
        answer = demand(owner)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "own_second_factor_missing")
        add_passkey(owner.browser)
        let_time_pass_since_sign_in()
        assert demand(owner).get_json()["code"] == "step_up_needed"
        proof = {"password": owner.person.password}
        assert owner.browser.post("/api/auth/step-up", json=proof).status_code == 204
        assert demand(owner).get_json()["requires_second_factor"] is True
        assert owner.me()["workspace"]["requires_second_factor"] is True

    def test_an_admin_may_not(self, owner: Caller, member: Any) -> None:
        admin = member(Role.ADMIN)
        add_passkey(admin.browser)
        assert demand(admin).status_code == 403

    def test_is_written_down_once(self, strict: Caller) -> None:
        demand(strict)
        demand(strict, is_required=False)
        found = actions(strict.person.workspace_id)
        assert found.count("workspace.second_factor_demanded") == 2


class TestKeptOut:
    def test_from_everything_of_the_workspace_and_nothing_of_one_s_own(
        self, owner: Caller, member: Any
    ) -> None:
        editor = member(Role.EDITOR)
        assert outcome(editor, "/api/video")[0] == 200
        add_passkey(owner.browser)
        demand(owner)
        for path in CLOSED:
            assert outcome(editor, path) == (403, "second_factor_required"), path
        for path in OPEN:
            assert outcome(editor, path)[0] == 200, path
        assert editor.me()["lacks_second_factor"] is True
        assert owner.me()["lacks_second_factor"] is False
        assert outcome(owner, "/api/video")[0] == 200

    def test_the_sentence_says_what_to_do(self, strict: Caller, member: Any) -> None:
        answer = member(Role.VIEWER).browser.get("/api/video")
        assert "Add an authenticator app or a passkey" in answer.get_json()["detail"]

    def test_can_go_elsewhere_and_leave(self, strict: Caller, member: Any) -> None:
        editor = member(Role.EDITOR)
        there = f"/api/workspaces/{editor.person.workspace_id}/switch"
        moved = editor.browser.post(there)
        assert (moved.status_code, moved.get_json()["lacks_second_factor"]) == (200, False)
        assert outcome(editor, "/api/video")[0] == 200
        back = editor.browser.post(f"/api/workspaces/{strict.person.workspace_id}/switch")
        assert (back.status_code, back.get_json()["lacks_second_factor"]) == (200, True)
        assert outcome(editor, "/api/video")[0] == 403
        assert editor.browser.post("/api/workspaces/current/leave").status_code == 200
        assert outcome(editor, "/api/video")[0] == 200

    def test_also_when_redis_has_lost_everything(self, strict: Caller, member: Any) -> None:
        editor = member(Role.EDITOR)
        redis.flushdb()
        assert outcome(editor, "/api/video") == (403, "second_factor_required")

    def test_an_open_stream_of_news_ends(self, strict: Caller, member: Any) -> None:
        editor = member(Role.EDITOR)
        with pytest.raises(SecondFactorRequired):
            public.check_session(UUID(editor.me()["session_id"]))
        public.check_session(UUID(strict.me()["session_id"]))

    def test_their_api_keys_as_well(
        self, app: Flask, owner: Caller, member: Any, clock: Clock
    ) -> None:
        editor = member(Role.EDITOR)
        wanted = {"name": "bot", "scopes": ["video:read"]}
        key = editor.browser.post("/api/auth/keys", json=wanted).get_json()["key"]
        robot = app.test_client()

        def ask() -> tuple[int, str | None]:
            answer = robot.get("/api/video", headers={"Authorization": f"Bearer {key}"})
            return answer.status_code, answer.get_json().get("code")

        assert ask()[0] == 200
        add_passkey(owner.browser)
        demand(owner)
        assert ask() == (403, "second_factor_required")
        turn_on_totp(editor.browser, clock)
        assert ask()[0] == 200

    def test_what_they_began_elsewhere_does_not_go_on(self, strict: Caller, member: Any) -> None:
        editor = member(Role.EDITOR)
        with read_only() as session:
            ids = (editor.id, strict.person.workspace_id, Scope.VIDEO_READ)
            assert public.may(session, *ids) is False
            assert public.may(session, strict.id, *ids[1:]) is True


class TestNews:
    """Who is told what happens in the workspace, whoever asks for it."""

    def test_leave_out_who_is_kept_out(self, app: Flask, strict: Caller, member: Any) -> None:
        editor = member(Role.EDITOR)
        add_passkey(editor.browser)
        member(Role.EDITOR)
        with app.test_request_context("/api/anything"):
            g.actor = public.identify(editor.person.token)
            with read_only() as session:
                told = public.member_ids(session, strict.person.workspace_id)
                # Factors of others are behind the wall of a request, which stands again.
                assert session.scalar(text("select current_user")) == walls.ROLE
        assert set(told) == {strict.id, editor.id}

    def test_in_background_work_as_well(self, strict: Caller, member: Any) -> None:
        member(Role.EDITOR)
        with read_only() as session:
            assert public.member_ids(session, strict.person.workspace_id) == [strict.id]


class TestComingBack:
    def test_by_an_app(self, strict: Caller, member: Any, clock: Clock) -> None:
        editor = member(Role.EDITOR)
        secret = editor.browser.post("/api/auth/totp").get_json()["secret"]
        assert secret
        # Not before a code has shown that the app has it.
        assert outcome(editor, "/api/video")[0] == 403
        turn_on_totp(editor.browser, clock)
        assert outcome(editor, "/api/video")[0] == 200
        assert editor.me()["lacks_second_factor"] is False

    def test_by_a_passkey_until_it_goes(self, strict: Caller, member: Any) -> None:
        editor = member(Role.EDITOR)
        _, added = add_passkey(editor.browser)
        assert outcome(editor, "/api/video")[0] == 200
        path = f"/api/auth/passkeys/{added['passkey']['id']}"
        assert editor.browser.delete(path).status_code == 204
        assert outcome(editor, "/api/video") == (403, "second_factor_required")

    def test_when_it_is_demanded_no_more(self, strict: Caller, member: Any) -> None:
        editor = member(Role.EDITOR)
        assert outcome(editor, "/api/video")[0] == 403
        demand(strict, is_required=False)
        assert outcome(editor, "/api/video")[0] == 200


class TestMembers:
    def test_who_manages_them_sees_who_has_none(self, owner: Caller, member: Any) -> None:
        admin, editor = member(Role.ADMIN, name="Yön"), member(Role.EDITOR, name="Ed")
        add_passkey(editor.browser)

        def seen(caller: Caller) -> dict[str, Any]:
            items = caller.browser.get("/api/workspaces/current/members").get_json()["items"]
            return {each["name"]: each["has_second_factor"] for each in items}

        expected = {"Sahip": False, "Yön": False, "Ed": True}
        assert seen(owner) == seen(admin) == expected
        assert seen(editor) == dict.fromkeys(expected)


class TestInvitation:
    @pytest.mark.parametrize("is_required", [True, False])
    def test_tells_it(self, app: Flask, owner: Caller, is_required: bool) -> None:
        mail.throw_away()
        add_passkey(owner.browser)
        demand(owner, is_required=is_required)
        body = {"email": "deniz@example.com", "role": "editor"}
        owner.browser.post("/api/workspaces/current/invitations", json=body)
        text = mail.text_of(mail.newest("deniz@example.com"))
        assert ("asks for a second factor" in text) is is_required
        token = text.partition("/invitations/")[2].split()[0]
        shown = as_browser(app).get(f"/api/invitations/{token}").get_json()
        assert shown["requires_second_factor"] is is_required


def test_asks_the_database_nothing_more(strict: Caller) -> None:
    """A request knows it from its session's record; rebuilding that takes no further query."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        redis.flushdb()
        strict.browser.get("/api/auth/csrf")
        # The session, its person, and their membership with the workspace's demand.
        assert len([each for each in seen if each.startswith("SELECT")]) == 3
        seen.clear()
        strict.browser.get("/api/auth/csrf")
        assert seen == []
    finally:
        event.remove(engine, "before_cursor_execute", note)
