"""What is refused stands in the audit log, with its way and without what was typed."""

import pytest
from sqlalchemy import select

from tests.auth.factors.authenticator import Authenticator
from tests.auth.factors.people import add_passkey, begin_login, finish, turn_on_totp
from tests.factories.auth import as_browser, sign_up
from ultra.auth.audit.models import Entry
from ultra.kit.db import read_only
from ultra.settings import settings


@pytest.fixture
def person(client, clock):
    person = sign_up(client)
    turn_on_totp(client, clock)
    return person


def refused(action="session.refused"):
    with read_only() as session:
        query = select(Entry).where(Entry.action == action).order_by(Entry.position)
        return [(each.user_id, each.outcome, each.facts) for each in session.scalars(query)]


def test_a_wrong_code_and_a_wrong_recovery_code(app, person):
    browser = begin_login(app, person)
    assert finish(browser, code="000000").status_code == 403
    assert finish(browser, recovery_code="K7QF-2MXA-KKKK-LLLL-MMMM-NNNN").status_code == 403
    assert refused() == [
        (person.user_id, "refused", {"method": "totp"}),
        (person.user_id, "refused", {"method": "recovery"}),
    ]


def test_a_wrong_passkey_as_the_second_step(client, app, person):
    device, _ = add_passkey(client)
    browser = begin_login(app, person)
    options = browser.post("/api/auth/login/second-factor/options").get_json()["options"]
    passkey = device.get(options)
    assert finish(browser, passkey=passkey).status_code == 200
    # The same answer again, for another sign-in.
    assert finish(begin_login(app, person), passkey=passkey).status_code == 403
    assert refused() == [(person.user_id, "refused", {"method": "passkey"})]


def test_a_passkey_that_nobody_has(app, person):
    stranger = as_browser(app)
    device = Authenticator(settings.website_url)
    browser = as_browser(app)
    sign_up(browser)
    device.create(browser.post("/api/auth/passkeys/options").get_json()["options"])
    options = stranger.post("/api/auth/passkeys/login/options").get_json()["options"]
    body = {"credential": device.get(options)}
    assert stranger.post("/api/auth/passkeys/login", json=body).status_code == 403
    assert refused() == [(None, "refused", {"method": "passkey"})]


def test_whoever_cannot_prove_again_who_they_are(client, person):
    change = {"current_password": "yanlış bir parola", "new_password": "bambaşka bir parola 9"}
    for path, body in (
        ("step-up", {"password": "yanlış bir parola"}),
        ("step-up", {"totp": "000000"}),
        ("password", change),
    ):
        assert client.post(f"/api/auth/{path}", json=body).status_code == 403
    assert refused("session.not_proved") == [
        (person.user_id, "refused", {"method": "password"}),
        (person.user_id, "refused", {"method": "totp"}),
        (person.user_id, "refused", {"method": "password"}),
    ]
    assert refused() == []
