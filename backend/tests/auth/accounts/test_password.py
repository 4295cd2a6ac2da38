"""Changing a password and choosing a first one; what its owner is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth.sessions.models import SignInSession
from ultra.auth.users.models import User
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.redis import redis

NEW = "yepyeni bir şifre"


def change(client, **more):
    body = {"current_password": PASSWORD, "new_password": NEW, **more}
    return client.post("/api/auth/password", json=body).status_code


def log_in(browser, person, password=PASSWORD):
    credentials = {"email": person.user["email"], "password": password}
    return browser.post("/api/auth/login", json=credentials).status_code


def epoch_of(person):
    with read_only() as session:
        return session.scalar(select(User.credential_epoch).where(User.id == person.user_id))


@pytest.fixture
def without_password(client):
    """Somebody who came by another way; signed in a moment ago."""
    person = sign_up(client)
    with transaction() as session:
        session.execute(update(User).values(password_hash=None))
    return person


class TestChange:
    @pytest.mark.parametrize(("more", "status"), [({}, 401), ({"end_others": False}, 200)])
    def test_offers_to_end_the_other_sessions(self, client, app, more, status):
        person = sign_up(client)
        phone = as_browser(app)
        log_in(phone, person)
        assert change(client, **more) == 204
        assert phone.get("/api/auth/me").status_code == status
        assert client.get("/api/auth/me").status_code == 200

    def test_raises_the_epoch_and_tells_its_owner(self, client):
        person = sign_up(client, locale="tr")
        assert change(client) == 204
        assert epoch_of(person) == 1
        letter = mail.newest(person.user["email"])
        assert letter["Subject"] == "Parolanız değişti"
        assert f"{now():%d.%m.%Y}" in mail.text_of(letter)

    def test_a_login_that_hashes_anew_is_no_change(self, client, app, monkeypatch):
        person = sign_up(client)
        monkeypatch.setattr("ultra.settings.settings.auth.bcrypt_cost", 5)
        assert log_in(as_browser(app), person) == 200
        assert epoch_of(person) == 0


class TestFirstPassword:
    def test_is_chosen_by_whoever_came_by_another_way(self, client, app, without_password):
        assert log_in(as_browser(app), without_password) == 401
        answer = client.put("/api/auth/password", json={"new_password": NEW})
        assert answer.status_code == 204
        assert log_in(as_browser(app), without_password, NEW) == 200
        assert "Your password has changed" in mail.subjects(without_password.user["email"])

    def test_needs_a_recent_proof(self, client, without_password):
        with transaction() as session:
            session.execute(
                update(SignInSession).values(authenticated_at=now() - timedelta(minutes=11))
            )
        redis.flushdb()
        answer = client.put("/api/auth/password", json={"new_password": NEW})
        assert (answer.status_code, answer.get_json()["code"]) == (403, "step_up_needed")

    def test_does_not_replace_one_that_is_there(self, client):
        person = sign_up(client)
        answer = client.put("/api/auth/password", json={"new_password": NEW})
        assert (answer.status_code, answer.get_json()["code"]) == (409, "password_already_set")
        assert log_in(client, person) == 200

    def test_comes_by_mail_as_well(self, client, without_password):
        email = without_password.user["email"]
        client.post("/api/auth/password/forgot", json={"email": email})
        token = mail.token_in(mail.newest(email))
        reset = {"token": token, "new_password": NEW}
        assert client.post("/api/auth/password/reset", json=reset).status_code == 204

    def test_step_up_by_a_password_that_is_not_there_fails(self, client, without_password):
        answer = client.post("/api/auth/step-up", json={"password": ""})
        assert answer.status_code == 403
