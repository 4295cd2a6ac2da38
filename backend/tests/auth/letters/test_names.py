"""Mails call nobody by a name that a stranger may have chosen for them."""

import pytest

from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth.people import service as people
from ultra.kit.db import transaction

LURE = "1000 TL kazandınız: https://evil.example/al"
STRANGER = "yabanci@example.com"


@pytest.fixture(autouse=True)
def _empty_mailbox(stack):
    mail.throw_away()
    yield
    mail.throw_away()


def verify(client, email):
    token = mail.token_in(mail.newest(email))
    assert client.post("/api/auth/verification/confirm", json={"token": token}).status_code == 204


def change_password(client):
    body = {"current_password": PASSWORD, "new_password": "yepyeni bir şifre"}
    assert client.post("/api/auth/password", json=body).status_code == 204


def assert_no_lure(email, at_least):
    found = mail.letters(email)
    assert len(found) >= at_least
    for letter in found:
        text = f"{letter['Subject']} {mail.text_of(letter)}"
        html = letter.get_body(("html",)).get_content()
        assert "evil.example" not in text + html, letter["Subject"]


def test_an_address_that_was_never_verified_gets_none(client, app):
    sign_up(client, email="yonetici@example.com")
    squatter = as_browser(app)
    person = sign_up(squatter, email=STRANGER, name=LURE)
    squatter.post("/api/auth/password/forgot", json={"email": STRANGER})
    credentials = {"email": STRANGER, "password": PASSWORD}
    assert as_browser(app).post("/api/auth/login", json=credentials).status_code == 200
    mail.deliver()
    change_password(squatter)
    with transaction() as session:
        people.close(session, None, person.user_id, "x")
    assert_no_lure(STRANGER, at_least=5)


@pytest.mark.parametrize("is_verified", [False, True])
def test_an_address_that_somebody_wants_to_have_gets_none(client, is_verified):
    sign_up(client, email="ayse@example.com", name=LURE)
    if is_verified:
        verify(client, "ayse@example.com")
    assert client.post("/api/auth/email", json={"new_email": STRANGER}).status_code == 202
    assert_no_lure(STRANGER, at_least=1)


def test_an_address_that_somebody_had_gets_none(client):
    sign_up(client, email="ayse@example.com", name=LURE)
    verify(client, "ayse@example.com")
    client.post("/api/auth/email", json={"new_email": STRANGER})
    token = mail.token_in(mail.newest(STRANGER))
    assert client.post("/api/auth/email/confirm", json={"token": token}).status_code == 204
    assert mail.subjects("ayse@example.com")[-1] == "The address of your account has changed"
    assert_no_lure("ayse@example.com", at_least=2)


def test_whoever_reads_their_own_address_is_called_by_name(client):
    sign_up(client, email="ayse@example.com", name="Ayşe Yılmaz")
    verify(client, "ayse@example.com")
    change_password(client)
    assert "Hello Ayşe Yılmaz," in mail.text_of(mail.newest("ayse@example.com"))
