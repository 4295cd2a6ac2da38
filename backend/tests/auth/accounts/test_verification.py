"""Showing that one reads the mail of one's address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth.tokens.models import OneTimeToken
from ultra.kit.db import transaction
from ultra.settings import settings

CONFIRM = "/api/auth/verification/confirm"


def is_verified(client):
    return client.get("/api/auth/me").get_json()["user"]["is_email_verified"]


def confirm(client, token):
    answer = client.post(CONFIRM, json={"token": token})
    return answer.status_code, (answer.get_json() or {}).get("code")


class TestVerification:
    def test_a_new_person_gets_a_link_that_only_a_post_uses_up(self, client, app):
        person = sign_up(client)
        assert not is_verified(client)
        letter = mail.newest(person.user["email"])
        assert letter["Subject"] == "Verify your e-mail address"
        token = mail.token_in(letter)
        assert f"{settings.website_url}/en/verify-email?token={token}" in mail.text_of(letter)

        assert client.get(f"{CONFIRM}?token={token}").status_code == 405
        # Anywhere: the link is often opened on another device.
        assert confirm(as_browser(app), token) == (204, None)
        assert is_verified(client)

    def test_a_link_works_once_also_when_many_follow_it_at_the_same_time(self, client, app):
        token = mail.token_in(mail.newest(sign_up(client).user["email"]))
        with ThreadPoolExecutor(8) as threads:
            found = sorted(threads.map(lambda _: confirm(as_browser(app), token), range(8)))
        assert found == [(204, None)] + [(409, "link_not_valid")] * 7

    def test_the_mail_speaks_the_language_of_its_reader_and_names_nobody(self, client):
        person = sign_up(client, locale="tr", name="Buraya tıklayın: evil.example")
        letter = mail.newest(person.user["email"])
        assert letter["Subject"] == "E-posta adresinizi doğrulayın"
        assert f"{settings.website_url}/verify-email?token=" in mail.text_of(letter)
        # Whoever typed the address chose the name as well.
        assert "evil.example" not in letter.as_string()

    def test_is_sent_again_but_not_without_end_and_not_once_it_is_done(self, client):
        person = sign_up(client)
        for _ in range(3):
            assert client.post("/api/auth/verification").status_code == 202
        answer = client.post("/api/auth/verification")
        assert (answer.status_code, answer.get_json()["code"]) == (429, "too_many")
        found = mail.letters(person.user["email"])
        assert len(found) == 4
        # Each of them works: people follow whichever lies on top.
        assert confirm(client, mail.token_in(found[0])) == (204, None)
        assert client.post("/api/auth/verification").status_code == 202
        assert len(mail.letters(person.user["email"])) == 4

    def test_needs_somebody_who_is_signed_in_to_be_sent_again(self, client):
        assert client.post("/api/auth/verification").status_code == 401

    @pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 201, None])
    def test_what_is_no_token_changes_nothing(self, client, token):
        assert confirm(client, token)[0] in {409, 422}

    def test_a_link_ends_after_a_day(self, client):
        token = mail.token_in(mail.newest(sign_up(client).user["email"]))
        with transaction() as session:
            age = timedelta(hours=24, seconds=1)
            session.execute(update(OneTimeToken).values(expires_at=OneTimeToken.expires_at - age))
        assert confirm(client, token) == (409, "link_not_valid")

    def test_a_new_password_voids_it(self, client):
        token = mail.token_in(mail.newest(sign_up(client).user["email"]))
        change = {"current_password": PASSWORD, "new_password": "yepyeni bir şifre"}
        assert client.post("/api/auth/password", json=change).status_code == 204
        assert confirm(client, token) == (409, "link_not_valid")

    def test_a_link_for_something_else_does_not_verify(self, client):
        person = sign_up(client)
        client.post("/api/auth/password/forgot", json={"email": person.user["email"]})
        token = mail.token_in(mail.newest(person.user["email"]))
        assert confirm(client, token) == (409, "link_not_valid")
        assert not is_verified(client)
