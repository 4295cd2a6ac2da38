"""Roles, leaving, giving away; each change acts on the next request of whom it concerns."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from tests.auth.workspaces.conftest import Caller, actions
from ultra.auth.sessions import records
from ultra.auth.sessions.models import SignInSession
from ultra.auth.workspaces import repository
from ultra.gateway.app import create_app
from ultra.kit.db import read_only, transaction
from ultra.kit.roles import Role

CURRENT = "/api/workspaces/current"
Make = Callable[..., Caller]


def be_old(caller: Caller) -> None:
    """As if they had signed in an hour ago."""
    with transaction() as session:
        ids = session.scalars(
            update(SignInSession)
            .where(SignInSession.user_id == caller.id)
            .values(authenticated_at=func.now() - timedelta(hours=1))
            .returning(SignInSession.id)
        ).all()
    records.mark_changed(list(ids))


def set_role(by: Caller, whom: Caller, role: Role) -> int:
    answer = by.browser.patch(f"{CURRENT}/members/{whom.id}", json={"role": role.value})
    return answer.status_code


class TestSwitching:
    def test_a_person_begins_in_a_workspace_of_their_own(self, owner: Caller) -> None:
        [only] = owner.browser.get("/api/workspaces").get_json()["items"]
        assert only["id"] == owner.person.workspace["id"]
        assert (only["role"], only["members"], only["is_current"]) == ("owner", 1, True)

    def test_a_new_one_is_made_and_entered(self, owner: Caller) -> None:
        made = owner.browser.post("/api/workspaces", json={"name": "Kanal"})
        assert made.status_code == 201
        assert owner.me()["workspace"]["id"] == owner.person.workspace["id"]
        moved = owner.browser.post(f"/api/workspaces/{made.get_json()['id']}/switch")
        assert moved.status_code == 200
        assert moved.get_json()["workspace"]["name"] == "Kanal"
        assert owner.me() == moved.get_json()
        # Signing in again, one begins in the oldest.
        listed = owner.browser.get("/api/workspaces").get_json()["items"]
        assert [each["is_current"] for each in listed] == [False, True]

    def test_the_role_is_that_of_the_workspace(self, owner: Caller, member: Make) -> None:
        viewer = member(Role.VIEWER)
        assert viewer.me()["role"] == "viewer"
        assert viewer.browser.patch(CURRENT, json={"name": "x"}).status_code == 403
        viewer.browser.post(f"/api/workspaces/{viewer.person.workspace_id}/switch")
        assert viewer.me()["role"] == "owner"
        assert viewer.browser.patch(CURRENT, json={"name": "Benim"}).status_code == 200

    def test_a_foreign_one_does_not_exist(self, owner: Caller, newcomer: Make) -> None:
        stranger = newcomer()
        answer = stranger.browser.post(f"/api/workspaces/{owner.person.workspace_id}/switch")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "workspace_not_found")
        assert stranger.me()["workspace"]["id"] == stranger.person.workspace["id"]

    def test_one_session_moves_alone(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        second = editor.browser.application.test_client()
        body = {"email": editor.person.user["email"], "password": editor.person.password}
        assert second.post("/api/auth/login", json=body).status_code == 200
        there = second.get("/api/auth/me").get_json()
        assert there["workspace"]["id"] == editor.person.workspace["id"]
        assert editor.me()["workspace"]["id"] == owner.person.workspace["id"]


class TestRoles:
    def test_a_change_acts_on_the_next_request(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        assert "video:write" in editor.me()["permissions"]
        assert set_role(owner, editor, Role.VIEWER) == 200
        assert "video:write" not in editor.me()["permissions"]
        assert editor.me()["role"] == "viewer"
        assert set_role(owner, editor, Role.ADMIN) == 200
        assert editor.browser.patch(CURRENT, json={"name": "Yeni"}).status_code == 200
        assert actions(owner.person.workspace_id)[-3:] == [
            "member.role_changed",
            "member.role_changed",
            "workspace.renamed",
        ]

    @pytest.mark.parametrize("role", [r for r in Role if r not in (Role.OWNER, Role.ADMIN)])
    def test_who_may_not_manage_may_not(self, member: Make, role: Role) -> None:
        one, other = member(role), member(Role.VIEWER)
        assert set_role(one, other, Role.VIEWER) == 403
        answer = one.browser.delete(f"{CURRENT}/members/{other.id}")
        assert answer.status_code == 403
        assert one.browser.get(f"{CURRENT}/members").status_code == 200

    def test_nobody_acts_above_their_own_role(self, owner: Caller, member: Make) -> None:
        admin, editor = member(Role.ADMIN), member(Role.EDITOR)
        assert set_role(admin, editor, Role.OWNER) == 403
        assert set_role(admin, admin, Role.OWNER) == 403
        assert set_role(admin, owner, Role.VIEWER) == 403
        assert admin.browser.delete(f"{CURRENT}/members/{owner.id}").status_code == 403
        assert set_role(admin, editor, Role.ADMIN) == 200
        assert owner.me()["role"] == "owner"

    def test_a_role_that_was_just_lost_counts_for_nothing(
        self, owner: Caller, member: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Also when Redis still says otherwise: the rule looks into PostgreSQL, under a lock."""
        admin, editor = member(Role.ADMIN), member(Role.EDITOR)
        assert admin.me()["role"] == "admin"
        monkeypatch.setattr(records, "mark_changed", lambda _: None)
        assert set_role(owner, admin, Role.VIEWER) == 200
        assert set_role(admin, editor, Role.VIEWER) == 403

    def test_making_an_owner_needs_a_recent_proof(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        be_old(owner)
        answer = owner.browser.patch(f"{CURRENT}/members/{editor.id}", json={"role": "owner"})
        assert (answer.status_code, answer.get_json()["code"]) == (403, "step_up_needed")
        assert set_role(owner, editor, Role.ADMIN) == 200

    def test_the_last_owner_cannot_step_down(self, owner: Caller, member: Make) -> None:
        answer = owner.browser.patch(f"{CURRENT}/members/{owner.id}", json={"role": "viewer"})
        assert (answer.status_code, answer.get_json()["code"]) == (409, "last_owner")
        second = member(Role.EDITOR)
        assert set_role(owner, second, Role.OWNER) == 200
        assert set_role(owner, owner, Role.VIEWER) == 200
        assert owner.me()["role"] == "viewer"

    def test_members_are_listed_with_what_may_be_changed(self, owner: Caller, member: Make) -> None:
        admin = member(Role.ADMIN)
        items = admin.browser.get(f"{CURRENT}/members").get_json()["items"]
        shown = {each["user_id"]: (each["role"], each["can_be_changed"]) for each in items}
        assert shown == {str(owner.id): ("owner", False), str(admin.id): ("admin", True)}
        viewer = member(Role.VIEWER)
        items = viewer.browser.get(f"{CURRENT}/members").get_json()["items"]
        assert not any(each["can_be_changed"] for each in items)


class TestLeaving:
    def test_who_is_removed_goes_on_in_their_own(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        assert owner.browser.delete(f"{CURRENT}/members/{editor.id}").status_code == 204
        me = editor.me()
        assert (me["workspace"]["id"], me["role"]) == (editor.person.workspace["id"], "owner")
        assert len(owner.browser.get(f"{CURRENT}/members").get_json()["items"]) == 1
        assert actions(owner.person.workspace_id)[-1] == "member.removed"

    def test_who_leaves_goes_on_in_another(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        answer = editor.browser.post(f"{CURRENT}/leave")
        assert answer.status_code == 200
        # That they left is live news of its own, which comes after this answer.
        assert {**answer.get_json(), "news_id": None} == {**editor.me(), "news_id": None}
        assert answer.get_json()["workspace"]["id"] == editor.person.workspace["id"]

    def test_who_has_no_other_gets_a_new_one(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        own = editor.person.workspace_id
        # Their own is given to somebody else, who then takes them out of it.
        heir = member(Role.VIEWER)
        editor.browser.post(f"/api/workspaces/{own}/switch")
        with transaction() as session:
            repository.insert_membership(session, own, heir.id, Role.VIEWER)
        editor.browser.post(f"{CURRENT}/transfer", json={"user_id": str(heir.id)})
        assert editor.browser.post(f"{CURRENT}/leave").status_code == 200
        assert editor.me()["workspace"]["id"] == owner.person.workspace["id"]
        answer = editor.browser.post(f"{CURRENT}/leave")
        assert answer.status_code == 200
        fresh = answer.get_json()["workspace"]
        assert fresh["id"] not in (str(own), owner.person.workspace["id"])
        assert (editor.me()["role"], fresh["name"]) == ("owner", editor.person.user["name"])

    def test_the_last_owner_cannot_leave(self, owner: Caller, member: Make) -> None:
        member(Role.ADMIN)
        answer = owner.browser.post(f"{CURRENT}/leave")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "last_owner")

    def test_two_owners_who_leave_at_once_leave_one_behind(
        self, owner: Caller, member: Make
    ) -> None:
        second = member(Role.EDITOR)
        assert set_role(owner, second, Role.OWNER) == 200
        codes: list[int] = []

        def go(caller: Caller) -> None:
            codes.append(caller.browser.post(f"{CURRENT}/leave").status_code)

        threads = [threading.Thread(target=go, args=(each,)) for each in (owner, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(codes) == [200, 409]
        with read_only() as session:
            assert repository.count_owners(session, owner.person.workspace_id) == 1

    def test_no_session_is_left_behind(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        owner.browser.delete(f"{CURRENT}/members/{editor.id}")
        with read_only() as session:
            query = select(func.count()).where(
                SignInSession.user_id == editor.id,
                SignInSession.workspace_id == owner.person.workspace_id,
                SignInSession.ended_at.is_(None),
            )
            assert session.scalar(query) == 0
        assert editor.browser.post("/api/auth/refresh").status_code == 200

    def test_who_is_no_member_cannot_be_removed(self, owner: Caller, newcomer: Make) -> None:
        answer = owner.browser.delete(f"{CURRENT}/members/{newcomer().id}")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "member_not_found")


class TestTransfer:
    def test_the_other_owns_and_one_stays_as_admin(self, owner: Caller, member: Make) -> None:
        heir = member(Role.VIEWER)
        answer = owner.browser.post(f"{CURRENT}/transfer", json={"user_id": str(heir.id)})
        assert answer.status_code == 204
        assert (owner.me()["role"], heir.me()["role"]) == ("admin", "owner")
        assert actions(owner.person.workspace_id)[-1] == "workspace.transferred"

    def test_it_needs_a_recent_proof_and_a_member(
        self, owner: Caller, member: Make, newcomer: Make
    ) -> None:
        body = {"user_id": str(newcomer().id)}
        answer = owner.browser.post(f"{CURRENT}/transfer", json=body)
        assert answer.status_code == 404
        be_old(owner)
        answer = owner.browser.post(f"{CURRENT}/transfer", json=body)
        assert answer.get_json()["code"] == "step_up_needed"

    def test_an_admin_cannot(self, member: Make) -> None:
        admin = member(Role.ADMIN)
        answer = admin.browser.post(f"{CURRENT}/transfer", json={"user_id": str(admin.id)})
        assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/api/workspaces", "/api/invitations/x", "/api/audit"])
def test_they_are_handed_on_when_auth_runs_elsewhere(path: str) -> None:
    """Nobody listens there: what counts is that the gateway knows the way."""
    split = create_app(services=["auth"], urls={"auth": "http://127.0.0.1:9"})
    assert split.test_client().get(path).status_code == 503
