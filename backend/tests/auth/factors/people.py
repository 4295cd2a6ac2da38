"""Steps that the tests of second factors have in common, all through HTTP."""

from datetime import timedelta
from typing import Any

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.auth.factors.authenticator import Authenticator
from tests.factories.auth import SignedUp, as_browser
from ultra.auth.factors import totp
from ultra.auth.sessions.models import SignInSession
from ultra.kit.db import transaction
from ultra.kit.redis import redis
from ultra.settings import settings


class Clock:
    """The time of authenticator apps: stands still until it is moved."""

    def __init__(self, monkeypatch: Any) -> None:
        self.moment = totp.now()
        monkeypatch.setattr(totp, "now", lambda: self.moment)

    def forward(self, seconds: float = 30) -> None:
        self.moment += timedelta(seconds=seconds)


def code_of(secret: str, clock: Clock) -> str:
    return pyotp.TOTP(secret).at(clock.moment)


def turn_on_totp(client: FlaskClient, clock: Clock) -> tuple[str, list[str]]:
    """The app's secret and the recovery codes; the next code is fresh."""
    secret = client.post("/api/auth/totp").get_json()["secret"]
    answer = client.post("/api/auth/totp/confirm", json={"code": code_of(secret, clock)})
    assert answer.status_code == 200, answer.text
    clock.forward()
    return secret, answer.get_json()["recovery_codes"]


def add_passkey(
    client: FlaskClient, name: str = "Telefon", **kind: Any
) -> tuple[Authenticator, Any]:
    """An authenticator that is registered, and what the registration answered."""
    device = Authenticator(settings.website_url, **kind)
    options = client.post("/api/auth/passkeys/options").get_json()["options"]
    body = {"name": name, "credential": device.create(options)}
    answer = client.post("/api/auth/passkeys", json=body)
    assert answer.status_code == 201, answer.text
    return device, answer.get_json()


def begin_login(app: Flask, person: SignedUp) -> FlaskClient:
    """A browser that knows the password and lacks the second step."""
    browser = as_browser(app)
    credentials = {"email": person.user["email"], "password": person.password}
    answer = browser.post("/api/auth/login", json=credentials)
    assert answer.status_code == 202, answer.text
    return browser


def finish(browser: FlaskClient, **proof: Any) -> Any:
    return browser.post("/api/auth/login/second-factor", json=proof)


def outcome(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.get_json()["code"]


def let_time_pass_since_sign_in() -> None:
    """Everybody's last proof is eleven minutes old."""
    with transaction() as session:
        session.execute(
            update(SignInSession).values(
                authenticated_at=SignInSession.authenticated_at - timedelta(minutes=11)
            )
        )
    redis.flushdb()
