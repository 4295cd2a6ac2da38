"""Providers, browsers and strangers that do what they should not."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.auth.oauth.trip import Person, arrive, consent, landing, leave, misbehave, sign_in, who
from tests.factories.auth import as_browser
from ultra.auth.oauth.models import Identity
from ultra.auth.oauth.providers import google
from ultra.auth.oauth.providers.known import _Kept
from ultra.auth.oauth.records import COOKIE
from ultra.auth.sessions.models import SignInSession
from ultra.auth.users.models import User
from ultra.kit.db import read_only
from ultra.kit.redis import redis
from ultra.sandbox.oauth.misbehaviours import How
from ultra.settings import settings

BOTH = ["google", "github"]


@pytest.fixture(autouse=True)
def _nobody_gets_in(request: pytest.FixtureRequest, client: FlaskClient):
    """After each of these tests there is nobody, unless a test says otherwise."""
    yield
    if "somebody_gets_in" in request.fixturenames:
        return
    with read_only() as session:
        for table in (User, Identity, SignInSession):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    assert who(client) is None


@pytest.fixture
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a process is that has just started."""
    for known in (google._addresses, google._keys):
        monkeypatch.setattr(known, "_kept", {})


@pytest.fixture
def somebody_gets_in() -> None:
    """Named by tests in which somebody rightly does."""


def changed(callback: str, **query: str | None) -> str:
    parts = urlsplit(callback)
    found = {name: each[0] for name, each in parse_qs(parts.query).items()} | query
    kept = {name: value for name, value in found.items() if value is not None}
    return urlunsplit(parts._replace(query=urlencode(kept)))


@pytest.mark.parametrize("provider", BOTH)
class TestTheWayBack:
    def test_without_state(self, provider: str, client: FlaskClient) -> None:
        misbehave(provider, How.STATE_MISSING)
        assert sign_in(client, provider).error == "sign_in_expired"

    def test_with_another_state(self, provider: str, client: FlaskClient) -> None:
        misbehave(provider, How.STATE_WRONG)
        assert sign_in(client, provider).error == "sign_in_expired"

    def test_with_the_state_of_another_browser(
        self, provider: str, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        """The attacker's own code and state, sent to a victim who has just left as well."""
        leave(client, provider)
        attackers = consent(leave(other_browser, provider), Person("attacker@example.com"))
        assert landing(arrive(client, attackers)).error == "sign_in_expired"

    def test_in_a_browser_that_never_left(
        self, provider: str, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        callback = consent(leave(other_browser, provider), Person())
        assert landing(arrive(client, callback)).error == "sign_in_expired"

    def test_with_a_cookie_that_names_nothing(self, provider: str, client: FlaskClient) -> None:
        callback = consent(leave(client, provider), Person())
        client.set_cookie(COOKIE, "a" * 43)
        assert landing(arrive(client, callback)).error == "sign_in_expired"

    def test_too_late(self, provider: str, client: FlaskClient) -> None:
        callback = consent(leave(client, provider), Person())
        (key,) = redis.keys("auth:oauth:*")
        redis.expire(key, 0)
        assert landing(arrive(client, callback)).error == "sign_in_expired"

    def test_from_the_other_provider(self, provider: str, client: FlaskClient) -> None:
        other = "github" if provider == "google" else "google"
        callback = consent(leave(client, provider), Person())
        mixed = callback.replace(f"/{provider}/callback", f"/{other}/callback")
        assert landing(arrive(client, mixed)).error == "sign_in_expired"

    def test_in_the_name_of_another_issuer(self, provider: str, client: FlaskClient) -> None:
        misbehave(provider, How.ISSUER_WRONG)
        assert sign_in(client, provider).error == "provider_answer_refused"

    def test_after_pressing_cancel(self, provider: str, client: FlaskClient) -> None:
        found = sign_in(client, provider, None)
        assert (found.path, found.query) == (
            "/login",
            {"error": "sign_in_cancelled", "provider": provider},
        )

    @pytest.mark.parametrize("query", [{"error": "server_error", "code": None}, {"code": None}])
    def test_without_a_code(
        self, query: dict[str, str | None], provider: str, client: FlaskClient
    ) -> None:
        callback = changed(consent(leave(client, provider), Person()), **query)
        assert landing(arrive(client, callback)).error == "provider_answer_refused"

    @pytest.mark.parametrize("code", ["made-up", "x" * 5000, "%00%0d%0a", "ğ"])
    def test_with_a_code_that_the_provider_did_not_give(
        self, code: str, provider: str, client: FlaskClient
    ) -> None:
        callback = changed(consent(leave(client, provider), Person()), code=code)
        assert landing(arrive(client, callback)).error == "provider_answer_refused"

    def test_with_a_code_of_another_departure(
        self, provider: str, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        """A stolen code is of no use: the verifier of its own departure is missing."""
        stolen = parse_qs(urlsplit(consent(leave(other_browser, provider), Person())).query)["code"]
        callback = changed(consent(leave(client, provider), Person()), code=stolen[0])
        assert landing(arrive(client, callback)).error == "provider_answer_refused"

    def test_with_nothing_at_all(self, provider: str, client: FlaskClient) -> None:
        answer = client.get(f"/api/auth/oauth/{provider}/callback")
        assert landing(answer).error == "sign_in_expired"

    def test_twice(self, provider: str, client: FlaskClient, somebody_gets_in: None) -> None:
        callback = consent(leave(client, provider), Person())
        assert landing(arrive(client, callback)).path == "/dashboard"
        assert landing(arrive(client, callback)).error == "sign_in_expired"

    def test_twice_with_the_cookie_put_back(
        self, provider: str, client: FlaskClient, somebody_gets_in: None
    ) -> None:
        callback = consent(leave(client, provider), Person())
        cookie = client.get_cookie(COOKIE)
        assert cookie
        arrive(client, callback)
        client.set_cookie(COOKIE, cookie.value)
        assert landing(arrive(client, callback)).error == "sign_in_expired"

    def test_many_times_at_once(
        self, provider: str, client: FlaskClient, app: Flask, somebody_gets_in: None
    ) -> None:
        callback = consent(leave(client, provider), Person())
        cookie = client.get_cookie(COOKIE)
        assert cookie
        gate = threading.Barrier(8)

        def go() -> str:
            browser = as_browser(app)
            browser.set_cookie(COOKIE, cookie.value)
            gate.wait()
            return landing(arrive(browser, callback)).path

        with ThreadPoolExecutor(8) as pool:
            paths = [each.result() for each in [pool.submit(go) for _ in range(8)]]
        assert sorted(paths) == ["/dashboard"] + ["/en/login"] * 7


@pytest.mark.parametrize("provider", BOTH)
class TestTokenEndpoint:
    @pytest.mark.parametrize("how", [How.TOKEN_SLOW, How.TOKEN_DRIPPING])
    def test_that_takes_too_long(
        self, how: How, provider: str, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misbehave(provider, how, seconds=10)
        callback = consent(leave(client, provider), Person())
        monkeypatch.setattr(settings.auth, "provider_seconds", 0.5)
        began = time.monotonic()
        assert landing(arrive(client, callback)).error == "provider_unavailable"
        assert time.monotonic() - began < 6

    @pytest.mark.parametrize(
        "how",
        [How.TOKEN_REDIRECT, How.TOKEN_HUGE, How.TOKEN_ERROR, How.TOKEN_BROKEN_OFF],
    )
    def test_that_is_out_of_order(self, how: How, provider: str, client: FlaskClient) -> None:
        misbehave(provider, how)
        assert sign_in(client, provider).error == "provider_unavailable"

    @pytest.mark.parametrize("how", [How.TOKEN_NOT_JSON, How.TOKEN_LIST])
    def test_that_answers_nonsense(self, how: How, provider: str, client: FlaskClient) -> None:
        misbehave(provider, how)
        assert sign_in(client, provider).error == "provider_answer_refused"


class TestProviderThatIsAway:
    def test_before_the_browser_leaves(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Google's own addresses are asked for first."""
        monkeypatch.setattr(settings, "sandbox_port", 1)
        answer = client.get("/api/auth/oauth/google")
        assert landing(answer).error == "provider_unavailable"

    def test_when_the_browser_is_back(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        callback = consent(leave(client, "github"), Person())
        monkeypatch.setattr(settings, "sandbox_port", 1)
        assert landing(arrive(client, callback)).error == "provider_unavailable"


class TestIdentityToken:
    @pytest.mark.parametrize(
        "how",
        [
            How.ID_TOKEN_MISSING,
            How.ALG_NONE,
            How.ALG_SECRET,
            How.ALG_PUBLIC_KEY,
            How.SIGNATURE_WRONG,
            How.KEY_UNKNOWN,
            How.KEY_INSIDE,
            How.WRONG_AUDIENCE,
            How.SHARED_AUDIENCE,
            How.WRONG_ISSUER,
            How.WRONG_NONCE,
            How.NONCE_MISSING,
            How.EXPIRED,
            How.EXPIRY_MISSING,
            How.SUBJECT_MISSING,
        ],
    )
    def test_that_is_not_to_be_believed(self, how: How, client: FlaskClient) -> None:
        misbehave("google", how)
        assert sign_in(client, "google").error == "provider_answer_refused"

    def test_whose_keys_cannot_be_read(self, client: FlaskClient, nothing_known: None) -> None:
        misbehave("google", How.KEYS_ERROR)
        assert sign_in(client, "google").error == "provider_unavailable"

    def test_of_a_key_that_is_new(
        self, client: FlaskClient, nothing_known: None, somebody_gets_in: None
    ) -> None:
        """Keys change: one that is not known yet is asked for once more."""
        keys = f"http://localhost:{settings.sandbox_port}/google/oauth2/v3/certs"
        google._keys._kept[keys] = _Kept({}, until=time.monotonic() + 600)
        assert sign_in(client, "google").path == "/dashboard"

    def test_of_a_provider_that_says_to_be_another(
        self, client: FlaskClient, nothing_known: None
    ) -> None:
        """Its description must name the very issuer that was asked."""
        misbehave("google", How.DESCRIPTION_WRONG)
        answer = client.get("/api/auth/oauth/google")
        assert landing(answer).error == "provider_answer_refused"


class TestGitHub:
    def test_without_an_id(self, client: FlaskClient) -> None:
        misbehave("github", How.SUBJECT_MISSING)
        assert sign_in(client, "github").error == "provider_answer_refused"


class TestFlood:
    def test_of_departures_is_stopped(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings.limits, "login_address", "3/minute")
        errors = [landing_or_none(client) for _ in range(5)]
        assert errors == [None, None, None, "too_many", "too_many"]


def landing_or_none(client: FlaskClient) -> str | None:
    answer = client.get("/api/auth/oauth/github")
    if answer.location.startswith(settings.website_url):
        return landing(answer).error
    return None
