"""A forgotten password: the mail, the new password, and what ends with it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import BoundedSemaphore

import pyotp
import pytest
from sqlalchemy import select, update

from tests.auth.factors.people import add_passkey
from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth.audit.models import Entry
from ultra.auth.sessions.cookies import ACCESS_COOKIE
from ultra.auth.sessions.models import EndReason, SignInSession
from ultra.auth.tokens.models import OneTimeToken
from ultra.auth.users import passwords
from ultra.auth.users.models import User
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.tasks import Job
from ultra.settings import settings

NEW = "yepyeni bir şifre"


def forget(client, email):
    return client.post("/api/auth/password/forgot", json={"email": email})


def reset(client, token, password=NEW):
    answer = client.post(
        "/api/auth/password/reset", json={"token": token, "new_password": password}
    )
    return answer.status_code, (answer.get_json() or {}).get("code")


def log_in(client, person, password):
    credentials = {"email": person.user["email"], "password": password}
    return client.post("/api/auth/login", json=credentials).status_code


def link_for(client, person):
    assert forget(client, person.user["email"]).status_code == 202
    return mail.token_in(mail.newest(person.user["email"]))


class TestForgot:
    def test_answers_the_same_for_everybody_and_writes_to_the_owner_alone(self, client):
        person = sign_up(client)
        mail.throw_away()
        answers = [
            forget(client, each)
            for each in (person.user["email"].upper(), "kimse@example.com", "not an address")
        ]
        assert {(each.status_code, each.data) for each in answers} == {(202, b"")}
        mail.deliver()
        assert mail.subjects(person.user["email"])[-1] == "Choose a new password"
        assert mail.letters("kimse@example.com") == []

    def test_neither_jobs_nor_rows_can_tell_the_address_or_the_token(self, client):
        person = sign_up(client)
        token = link_for(client, person)
        with read_only() as session:
            jobs = session.scalars(select(Job.args)).all()
            rows = session.scalars(select(OneTimeToken.digest)).all()
        everything = str(jobs)
        assert person.user["email"] not in everything
        assert token not in everything
        assert all(token.encode() not in row for row in rows)

    def test_three_letters_an_hour_are_enough_for_an_address(self, client):
        person = sign_up(client)
        found = [forget(client, person.user["email"]).status_code for _ in range(4)]
        unknown = [forget(client, "kimse@example.com").status_code for _ in range(4)]
        assert found == unknown == [202, 202, 202, 429]

    def test_ten_an_hour_are_enough_for_a_network(self, client):
        found = [forget(client, f"a{number}@example.com").status_code for number in range(11)]
        assert found == [202] * 10 + [429]

    def test_the_host_header_leads_no_link_astray(self, client):
        person = sign_up(client)
        headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        body = {"email": person.user["email"]}
        client.post("/api/auth/password/forgot", json=body, headers=headers)
        for letter in mail.letters(person.user["email"]):
            assert "evil.example" not in letter.as_string()


class TestReset:
    def test_whoever_took_an_address_that_is_not_theirs_is_locked_out(self, client, app):
        squatter = sign_up(client)
        secret = client.post("/api/auth/totp").get_json()["secret"]
        code = {"code": pyotp.TOTP(secret).now()}
        assert client.post("/api/auth/totp/confirm", json=code).status_code == 200
        wanted = {"name": "bot", "scopes": ["workspace:read"]}
        key = client.post("/api/auth/keys", json=wanted).get_json()["key"]
        bearer = {"Authorization": f"Bearer {key}"}
        robot = app.test_client()
        assert robot.get("/api/workspaces/current", headers=bearer).status_code == 200
        owner = as_browser(app)
        assert reset(owner, link_for(owner, squatter))[0] == 204
        assert robot.get("/api/workspaces/current", headers=bearer).status_code == 401
        with read_only() as session:
            ended = session.scalars(select(Entry).where(Entry.action == "key.ended")).one()
        assert (ended.workspace_id, ended.user_id) == (squatter.workspace_id, squatter.user_id)
        assert log_in(owner, squatter, NEW) == 200
        assert owner.get("/api/auth/factors").get_json()["totp"]["is_enabled"] is False

    def test_leaves_the_factors_of_whoever_reads_the_address(self, client, app):
        owner = sign_up(client)
        reset(client, link_for(client, owner))  # by this the address is verified
        assert log_in(client, owner, NEW) == 200
        secret = client.post("/api/auth/totp").get_json()["secret"]
        code = {"code": pyotp.TOTP(secret).now()}
        assert client.post("/api/auth/totp/confirm", json=code).status_code == 200
        device, _ = add_passkey(client)

        finder = as_browser(app)
        assert reset(finder, link_for(client, owner), "bambaşka bir şifre") == (204, None)
        # Whoever reads the mail has one factor, and nothing more.
        assert log_in(finder, owner, "bambaşka bir şifre") == 202
        ways = finder.get("/api/auth/login/second-factor").get_json()["ways"]
        assert ways == ["totp", "passkey", "recovery"]
        assert finder.get("/api/auth/me").status_code == 401
        # The passkey itself still opens the account.
        options = finder.post("/api/auth/passkeys/login/options").get_json()["options"]
        body = {"credential": device.get(options)}
        assert finder.post("/api/auth/passkeys/login", json=body).status_code == 200
        found = finder.get("/api/auth/factors").get_json()
        assert (found["totp"]["is_enabled"], len(found["passkeys"])) == (True, 1)

    def test_gives_a_new_password_ends_all_sessions_and_signs_nobody_in(self, client, app):
        person = sign_up(client)
        phone = as_browser(app)
        log_in(phone, person, PASSWORD)
        stranger = as_browser(app)
        assert reset(stranger, link_for(client, person)) == (204, None)

        assert stranger.get_cookie(ACCESS_COOKIE) is None
        for browser in (client, phone):
            assert browser.get("/api/auth/me").status_code == 401
            assert browser.post("/api/auth/refresh").status_code == 401
        with read_only() as session:
            reasons = session.scalars(select(SignInSession.end_reason)).all()
        assert reasons == [EndReason.PASSWORD_RESET] * 2
        assert log_in(phone, person, PASSWORD) == 401
        assert log_in(phone, person, NEW) == 200
        assert "Your password has changed" in mail.subjects(person.user["email"])

    def test_shows_that_the_address_is_read(self, client):
        person = sign_up(client)
        reset(client, link_for(client, person))
        log_in(client, person, NEW)
        assert client.get("/api/auth/me").get_json()["user"]["is_email_verified"]

    def test_a_link_works_once_also_when_many_follow_it_at_the_same_time(
        self, client, app, monkeypatch
    ):
        monkeypatch.setattr(passwords, "_slots", BoundedSemaphore(8))
        token = link_for(client, sign_up(client))
        with ThreadPoolExecutor(8) as threads:
            found = sorted(threads.map(lambda _: reset(as_browser(app), token), range(8)))
        assert found == [(204, None)] + [(409, "link_not_valid")] * 7

    def test_a_reset_voids_every_other_link(self, client):
        person = sign_up(client)
        verify = mail.token_in(mail.newest(person.user["email"]))
        first, second = link_for(client, person), link_for(client, person)
        assert first != second
        assert reset(client, second) == (204, None)
        assert reset(client, first, "noch ein Passwort") == (409, "link_not_valid")
        answer = client.post("/api/auth/verification/confirm", json={"token": verify})
        assert answer.status_code == 409

    def test_a_changed_password_voids_the_link(self, client):
        person = sign_up(client)
        token = link_for(client, person)
        client.post("/api/auth/password", json={"current_password": PASSWORD, "new_password": NEW})
        assert reset(client, token, "bambaşka bir şifre") == (409, "link_not_valid")

    def test_a_link_ends_after_an_hour(self, client):
        token = link_for(client, sign_up(client))
        with transaction() as session:
            age = timedelta(minutes=60, seconds=1)
            session.execute(update(OneTimeToken).values(expires_at=OneTimeToken.expires_at - age))
        assert reset(client, token) == (409, "link_not_valid")

    def test_a_short_password_does_not_use_the_link_up(self, client):
        token = link_for(client, sign_up(client))
        assert reset(client, token, "kısa")[0] == 422
        assert reset(client, token) == (204, None)

    def test_junk_costs_no_hashing(self, client, monkeypatch):
        monkeypatch.setattr(passwords, "hash_password", None)
        assert reset(client, "x" * 43) == (409, "link_not_valid")

    def test_a_closed_account_gets_no_letter_and_its_links_are_void(self, client):
        person = sign_up(client)
        token = link_for(client, person)
        with transaction() as session:
            session.execute(update(User).values(disabled_at=now()))
        assert reset(client, token) == (409, "link_not_valid")
        mail.throw_away()
        forget(client, person.user["email"])
        assert mail.letters(person.user["email"]) == []

    def test_gives_back_the_tries_that_a_stranger_used_up(self, client, app):
        person = sign_up(client)
        token = link_for(client, person)
        guesser = as_browser(app)
        assert [log_in(guesser, person, "yanlış") for _ in range(6)] == [401] * 5 + [429]
        phone = as_browser(app)
        assert reset(phone, token) == (204, None)
        assert log_in(phone, person, NEW) == 200


class TestClosedAccount:
    def test_is_told_so_only_to_whoever_knows_the_password(self, client, app):
        person = sign_up(client)
        with transaction() as session:
            session.execute(update(User).values(disabled_at=now()))
        assert log_in(as_browser(app), person, "yanlış") == 401
        credentials = {"email": person.user["email"], "password": PASSWORD}
        answer = as_browser(app).post("/api/auth/login", json=credentials)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "account_disabled")


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_link_is_made_of_the_settings(client, language, monkeypatch):
    monkeypatch.setattr(settings, "public_url", "https://core.example")
    person = sign_up(client, locale=language)
    forget(client, person.user["email"])
    text = mail.text_of(mail.newest(person.user["email"]))
    prefix = "/en" if language == "en" else ""
    assert f"https://core.example{prefix}/reset-password?token=" in text
