"""Invitations: from the mail to the first action, and everything that must not work."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.auth.workspaces.conftest import Caller, actions
from tests.auth.workspaces.test_members import CURRENT, be_old
from tests.factories.auth import as_browser
from tests.factories.notifications import mails, part, run_due
from ultra.auth.invitations import tokens
from ultra.auth.invitations.models import Invitation
from ultra.kit import mail
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.roles import Role
from ultra.kit.tasks import Job

URL = f"{CURRENT}/invitations"
Make = Callable[..., Caller]


@pytest.fixture(autouse=True)
def _no_letters(stores: None) -> None:
    for letter in mail.folder().glob("*.eml"):
        letter.unlink()


def invite(by: Caller, email: str, role: Role = Role.EDITOR) -> dict[str, Any]:
    answer = by.browser.post(URL, json={"email": email, "role": role.value})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def letters_to(email: str) -> list[str]:
    run_due("auth.send_invitation")
    return [part(each, "plain") for each in mails() if each["To"] == email]


def link_in(text: str) -> str:
    found = re.search(r"/invitations/(\S+)", text)
    assert found
    return found[1]


def expire(invitation_id: str) -> None:
    with transaction() as session:
        session.execute(
            update(Invitation)
            .where(Invitation.id == invitation_id)
            .values(expires_at=func.now() - timedelta(seconds=1))
        )


def accept(caller: Caller, token: str, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = caller.browser.post(f"/api/invitations/{token}/accept", json=body)
    return answer.status_code, answer.get_json()


class TestTheWayIn:
    def test_from_the_mail_to_the_first_action(
        self, owner: Caller, newcomer: Make, app: Flask
    ) -> None:
        guest = newcomer(email="Davetli@example.test", name="Davetli")
        made = invite(owner, "davetli@EXAMPLE.test", Role.ADMIN)
        assert made["invited_by"] == "Sahip"
        [text] = letters_to("davetli@example.test")
        assert "Sahip" in text
        token = link_in(text)
        shown = as_browser(app).get(f"/api/invitations/{token}").get_json()
        assert shown["workspace"] == owner.person.workspace["name"]
        assert (shown["role"], shown["invited_by"]) == ("admin", "Sahip")
        status, me = accept(guest, token)
        assert (status, me["role"]) == (200, "admin")
        assert me["workspace"]["id"] == owner.person.workspace["id"]
        assert guest.browser.patch(CURRENT, json={"name": "Kanal"}).status_code == 200
        assert actions(owner.person.workspace_id)[-4:] == [
            "invitation.sent",
            "member.joined",
            "workspace.entered",
            "workspace.renamed",
        ]

    def test_names_are_no_links(self, newcomer: Make) -> None:
        lure = newcomer(name="Ödül: https://evil.example/al")
        lure.browser.patch(CURRENT, json={"name": "www.evil.example"})
        invite(lure, "davetli@example.test")
        [text] = letters_to("davetli@example.test")
        assert "Ödül: https:// evil. example/ al" in text
        assert "www. evil. example" in text
        assert "evil.example" not in text

    def test_the_token_stands_nowhere(self, owner: Caller) -> None:
        made = invite(owner, "davetli@example.test")
        token = tokens.write(UUID(made["id"]))
        with read_only() as session:
            rows = [*session.scalars(select(Job.args)), *session.scalars(select(Invitation.id))]
        assert token not in str(rows)
        assert token not in owner.browser.get(URL).text

    def test_the_token_is_not_logged(
        self, owner: Caller, newcomer: Make, capsys: pytest.CaptureFixture[str]
    ) -> None:
        guest = newcomer(email="davetli@example.test")
        invite(owner, "davetli@example.test")
        token = link_in(letters_to("davetli@example.test")[0])
        capsys.readouterr()
        guest.browser.get(f"/api/invitations/{token}")
        assert accept(guest, token)[0] == 200
        logged = capsys.readouterr().out
        assert "/api/invitations/***/accept" in logged
        assert token not in logged

    def test_it_works_once(self, owner: Caller, newcomer: Make) -> None:
        guest = newcomer(email="davetli@example.test")
        invite(owner, "davetli@example.test")
        token = link_in(letters_to("davetli@example.test")[0])
        assert accept(guest, token)[0] == 200
        assert accept(guest, token)[0] == 404
        assert accept(newcomer(), token, confirm_other_address=True)[0] == 404
        assert owner.browser.get(URL).get_json()["items"] == []

    def test_another_address_has_to_be_confirmed(self, owner: Caller, newcomer: Make) -> None:
        guest = newcomer(email="baska@example.test")
        invite(owner, "davetli@example.test")
        token = link_in(letters_to("davetli@example.test")[0])
        status, problem = accept(guest, token)
        assert (status, problem["code"]) == (409, "invitation_for_other_address")
        assert "davetli@example.test" in problem["detail"]
        assert accept(guest, token, confirm_other_address=True)[0] == 200

    def test_a_new_mail_begins_a_new_week(self, owner: Caller, newcomer: Make) -> None:
        guest = newcomer(email="davetli@example.test")
        made = invite(owner, "davetli@example.test")
        token = link_in(letters_to("davetli@example.test")[0])
        expire(made["id"])
        assert accept(guest, token)[0] == 404
        [listed] = owner.browser.get(URL).get_json()["items"]
        assert listed["is_expired"]
        again = owner.browser.post(f"{URL}/{made['id']}/resend")
        assert (again.status_code, again.get_json()["is_expired"]) == (200, False)
        assert len(letters_to("davetli@example.test")) == 2
        assert accept(guest, token)[0] == 200


class TestRefused:
    def test_a_withdrawn_one(self, owner: Caller, newcomer: Make) -> None:
        guest = newcomer(email="davetli@example.test")
        made = invite(owner, "davetli@example.test")
        token = link_in(letters_to("davetli@example.test")[0])
        assert owner.browser.delete(f"{URL}/{made['id']}").status_code == 204
        assert accept(guest, token)[0] == 404
        assert guest.browser.get(f"/api/invitations/{token}").status_code == 404

    @pytest.mark.parametrize("forge", ["other_id", "short", "noise", "padding", "empty_mark"])
    def test_a_forged_one(self, owner: Caller, newcomer: Make, forge: str) -> None:
        made = invite(owner, "davetli@example.test")
        real = tokens.write(UUID(made["id"]))
        assert tokens.read(real) == UUID(made["id"])
        plain = urlsafe_b64decode(real)
        token = {
            "other_id": urlsafe_b64encode(new_id().bytes + plain[16:]).decode(),
            "short": real[:-4],
            "noise": "üç" * 20,
            "padding": real + "====",
            "empty_mark": urlsafe_b64encode(plain[:16]).decode(),
        }[forge]
        assert tokens.read(token) is None
        answer = newcomer().browser.get(f"/api/invitations/{token}")
        assert answer.status_code == 404

    def test_a_role_above_ones_own(self, member: Make) -> None:
        admin = member(Role.ADMIN)
        body = {"email": "davetli@example.test", "role": "owner"}
        answer = admin.browser.post(URL, json=body)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "role_above_own")
        assert letters_to("davetli@example.test") == []

    def test_an_inviter_who_lost_the_right(
        self, owner: Caller, member: Make, newcomer: Make
    ) -> None:
        admin, guest = member(Role.ADMIN), newcomer(email="davetli@example.test")
        invite(admin, "davetli@example.test", Role.ADMIN)
        token = link_in(letters_to("davetli@example.test")[0])
        owner.browser.patch(f"{CURRENT}/members/{admin.id}", json={"role": "editor"})
        assert accept(guest, token)[0] == 404
        owner.browser.delete(f"{CURRENT}/members/{admin.id}")
        assert accept(guest, token)[0] == 404

    def test_a_member_and_an_address_that_is_invited(self, owner: Caller, member: Make) -> None:
        editor = member(Role.EDITOR)
        answer = owner.browser.post(URL, json={"email": editor.person.user["email"]})
        assert (answer.status_code, answer.get_json()["code"]) == (409, "already_member")
        invite(owner, "davetli@example.test")
        answer = owner.browser.post(URL, json={"email": "DAVETLI@example.test"})
        assert (answer.status_code, answer.get_json()["code"]) == (409, "already_invited")

    def test_an_owner_needs_a_recent_proof_to_make_another(self, owner: Caller) -> None:
        be_old(owner)
        answer = owner.browser.post(URL, json={"email": "a@example.test", "role": "owner"})
        assert answer.get_json()["code"] == "step_up_needed"

    def test_another_workspaces(self, owner: Caller, newcomer: Make) -> None:
        made = invite(owner, "davetli@example.test")
        stranger = newcomer()
        assert stranger.browser.get(URL).get_json()["items"] == []
        assert stranger.browser.delete(f"{URL}/{made['id']}").status_code == 404
        assert stranger.browser.post(f"{URL}/{made['id']}/resend").status_code == 404

    def test_a_deleted_workspaces(self, owner: Caller, newcomer: Make) -> None:
        guest = newcomer(email="davetli@example.test")
        invite(owner, "davetli@example.test")
        token = link_in(letters_to("davetli@example.test")[0])
        name = owner.person.workspace["name"]
        assert owner.browser.delete(CURRENT, json={"name": name}).status_code == 200
        assert accept(guest, token)[0] == 404

    def test_the_mail_cannot_be_made_a_message(self, newcomer: Make) -> None:
        """A stranger's name is shortened, and breaks out of nothing."""
        nasty = newcomer(name="<b>Kazandınız</b> " + "x" * 80)
        invite(nasty, "davetli@example.test")
        [text] = letters_to("davetli@example.test")
        assert "x" * 61 not in text
        [letter] = mails()
        assert "&lt;b&gt;Kazandınız" in part(letter, "html")
        assert "<b>Kazandınız" not in part(letter, "html")
