"""Signing in with Google and GitHub, when all goes well."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy import select, update

from tests.auth.oauth.trip import Person, arrive, consent, identities, landing, leave, sign_in, who
from tests.factories.auth import as_browser
from ultra.auth.audit.models import Entry
from ultra.auth.oauth.models import Identity
from ultra.auth.oauth.providers import registry
from ultra.auth.oauth.records import COOKIE
from ultra.auth.sessions.models import SignInSession
from ultra.auth.users.models import User
from ultra.kit.db import read_only, transaction
from ultra.kit.redis import redis
from ultra.settings import Environment, settings

PROVIDERS = ["google", "github"]


@pytest.mark.parametrize("provider", PROVIDERS)
class TestNewcomer:
    def test_gets_an_account_with_a_verified_address(
        self, provider: str, client: FlaskClient
    ) -> None:
        assert sign_in(client, provider).path == "/dashboard"
        user = who(client)
        assert user
        assert (user["email"], user["name"]) == ("elif@example.com", "Elif Arslan")
        assert user["is_email_verified"]
        (identity,) = identities(client)
        assert identity["provider"] == provider
        assert identity["email"] == "elif@example.com"

    def test_has_a_workspace_and_no_password(self, provider: str, client: FlaskClient) -> None:
        sign_in(client, provider)
        me = client.get("/api/auth/me").get_json()
        assert (me["workspace"]["name"], me["role"]) == ("Elif Arslan", "owner")
        with read_only() as session:
            assert session.scalar(select(User.password_hash)) is None
            opened = select(Entry.workspace_id).where(Entry.action == "account.opened")
            assert str(session.scalars(opened).one()) == me["workspace"]["id"]

    def test_is_the_same_person_the_next_time(
        self, provider: str, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        sign_in(client, provider)
        first = who(client)
        moved = Person(email="elif@example.com", name="Elif A. Arslan")
        assert sign_in(other_browser, provider, moved).path == "/dashboard"
        second = who(other_browser)
        assert first
        assert second
        assert first["id"] == second["id"]
        assert second["name"] == "Elif Arslan"
        assert identities(other_browser)[0]["last_used_at"]

    def test_goes_on_where_they_wanted_to(self, provider: str, client: FlaskClient) -> None:
        found = sign_in(client, provider, next_path="/videos?page=2")
        assert (found.path, found.query) == ("/videos", {"page": "2"})

    def test_who_comes_twice_at_once_is_one_person(
        self, provider: str, client: FlaskClient, app: Flask
    ) -> None:
        browsers = [as_browser(app) for _ in range(4)]
        callbacks = [consent(leave(browser, provider), Person()) for browser in browsers]
        gate = threading.Barrier(4)

        def go(browser: FlaskClient, callback: str) -> str:
            gate.wait()
            return landing(arrive(browser, callback)).path

        with ThreadPoolExecutor(4) as pool:
            paths = list(pool.map(go, browsers, callbacks))
        assert paths == ["/dashboard"] * 4
        with read_only() as session:
            assert len(session.scalars(select(User)).all()) == 1

    def test_the_session_says_how_they_came(self, provider: str, client: FlaskClient) -> None:
        sign_in(client, provider)
        with read_only() as session:
            assert session.scalar(select(SignInSession.methods)) == [provider]

    def test_the_browser_takes_along_what_it_must(self, provider: str, client: FlaskClient) -> None:
        query = {
            name: each[0]
            for name, each in parse_qs(urlsplit(leave(client, provider)).query).items()
        }
        assert query["code_challenge_method"] == "S256"
        assert len(query["code_challenge"]) == 43
        assert len(query["state"]) == 43
        assert query["redirect_uri"] == f"{settings.website_url}/api/auth/oauth/{provider}/callback"
        assert ("nonce" in query) == (provider == "google")

    def test_each_departure_is_different(self, provider: str, client: FlaskClient) -> None:
        first, second = (parse_qs(urlsplit(leave(client, provider)).query) for _ in range(2))
        for name in ("state", "code_challenge", *(["nonce"] if provider == "google" else [])):
            assert first[name] != second[name]


class TestDeparture:
    @pytest.mark.parametrize(
        ("site", "leaves"),
        [("same-origin", True), ("same-site", True), ("none", True), ("cross-site", False)],
    )
    def test_is_not_begun_by_another_site(
        self, site: str, leaves: bool, client: FlaskClient
    ) -> None:
        answer = client.get(
            "/api/auth/oauth/google?language=en&next=/en/videos", headers={"Sec-Fetch-Site": site}
        )
        assert answer.status_code == 302
        place = urlsplit(answer.location)
        is_ours = answer.location.startswith(settings.website_url)
        assert is_ours is not leaves
        if is_ours:
            assert (place.path, parse_qs(place.query)) == ("/en/login", {"next": ["/en/videos"]})
            assert "Set-Cookie" not in answer.headers


class TestLanguage:
    """English pages stand under /en; the API's address says no language."""

    @pytest.mark.parametrize(
        ("query", "path"),
        [
            ({"language": "en"}, "/en/dashboard"),
            ({"language": "tr"}, "/dashboard"),
            ({}, "/en/dashboard"),
            ({"language": "en", "next": "/en/videos"}, "/en/videos"),
        ],
    )
    def test_stays_that_of_the_page(
        self, query: dict[str, str], path: str, client: FlaskClient
    ) -> None:
        left = client.get("/api/auth/oauth/google", query_string=query).location
        assert landing(arrive(client, consent(left, Person()))).path == path

    @pytest.mark.parametrize(("language", "path"), [("en", "/en/login"), ("tr", "/login")])
    def test_also_when_it_goes_wrong(self, language: str, path: str, client: FlaskClient) -> None:
        query = {"language": language}
        left = client.get("/api/auth/oauth/google", query_string=query).location
        assert landing(arrive(client, consent(left, None))).path == path

    @pytest.mark.parametrize("language", ["en", "tr"])
    def test_is_that_of_the_new_account(self, language: str, client: FlaskClient) -> None:
        query = {"language": language}
        left = client.get("/api/auth/oauth/google", query_string=query).location
        arrive(client, consent(left, Person()))
        user = who(client)
        assert user
        assert user["locale"] == language


class TestCookie:
    def test_is_short_lived_and_out_of_reach_of_scripts(self, client: FlaskClient) -> None:
        answer = client.get("/api/auth/oauth/google")
        (cookie,) = [
            each for each in answer.headers.getlist("Set-Cookie") if each.startswith(COOKIE)
        ]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Max-Age=600" in cookie
        assert "Path=/" in cookie

    def test_neither_it_nor_the_state_lies_in_redis(self, client: FlaskClient) -> None:
        state = parse_qs(urlsplit(leave(client, "google")).query)["state"][0]
        cookie = client.get_cookie(COOKIE)
        assert cookie
        (key,) = redis.keys("auth:oauth:*")
        assert cookie.value not in key
        assert state not in str(redis.get(key))
        assert 590 < redis.ttl(key) <= 600

    def test_is_gone_when_the_browser_is_back(self, client: FlaskClient) -> None:
        sign_in(client)
        assert client.get_cookie(COOKIE) is None
        assert redis.keys("auth:oauth:*") == []

    def test_travels_over_tls_alone_where_the_website_does(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "public_url", "https://website.example")
        answer = client.get("/api/auth/oauth/google")
        (cookie,) = [
            each for each in answer.headers.getlist("Set-Cookie") if each.startswith(COOKIE)
        ]
        assert "; Secure" in cookie


class TestSecondFactor:
    def test_is_asked_for_here_as_well(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        sign_in(client)
        secret = client.post("/api/auth/totp").get_json()["secret"]
        first = {"code": pyotp.TOTP(secret).now()}
        codes = client.post("/api/auth/totp/confirm", json=first).get_json()["recovery_codes"]
        found = sign_in(other_browser, next_path="/videos")
        assert (found.path, found.query) == ("/login/second-factor", {"next": "/videos"})
        assert who(other_browser) is None
        answer = other_browser.post(
            "/api/auth/login/second-factor", json={"recovery_code": codes[0]}
        )
        assert answer.status_code == 200, answer.text
        assert who(other_browser)
        with read_only() as session:
            methods = session.scalars(select(SignInSession.methods)).all()
        assert ["google", "recovery"] in methods


class TestAccount:
    def test_a_disabled_one_stays_shut(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        sign_in(client)
        with transaction() as session:
            session.execute(update(User).values(disabled_at=User.created_at))
        assert sign_in(other_browser).error == "account_disabled"
        assert who(other_browser) is None

    def test_the_session_before_ends(self, client: FlaskClient, app: Flask) -> None:
        """No token that was known before leads into the new session."""
        sign_in(client)
        before = {each.key: each.value for each in client._cookies.values()}
        sign_in(client)
        thief = as_browser(app)
        for name, value in before.items():
            thief.set_cookie(name, value)
        assert who(thief) is None
        assert who(client)

    def test_an_identity_counts_and_not_the_address(
        self, client: FlaskClient, other_browser: FlaskClient
    ) -> None:
        """The address at the provider can move to somebody else, whose identity is another one."""
        sign_in(client, "google", Person("first@example.com", "First"))
        with transaction() as session:
            session.execute(update(User).values(email="x@example.com", email_key="x@example.com"))
            session.execute(update(Identity).values(subject="1"))
        assert sign_in(other_browser, "google", Person("first@example.com", "Second")).path
        first, second = who(client), who(other_browser)
        assert first
        assert second
        assert first["id"] != second["id"]


class TestProviders:
    def test_in_production_one_without_keys_does_not_exist(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "environment", Environment.PRODUCTION)
        assert registry.available() == []
        for path in ("", "/callback"):
            answer = client.get(f"/api/auth/oauth/google{path}")
            assert landing(answer).path == "/en/login"
        assert landing(client.get("/api/auth/oauth/google")).error == "provider_not_set_up"

    def test_an_unknown_one_is_refused(self, client: FlaskClient) -> None:
        assert client.get("/api/auth/oauth/facebook").status_code in {404, 422}

    def test_secrets_are_in_no_log_and_no_repr(
        self, client: FlaskClient, capsys: pytest.CaptureFixture[str]
    ) -> None:
        callback = consent(leave(client, "google"), Person())
        code = parse_qs(urlsplit(callback).query)["code"][0]
        arrive(client, callback)
        printed = "".join(capsys.readouterr())
        assert code not in printed
        secret = registry.get_client(registry.Provider.GOOGLE)
        assert secret.client_secret not in repr(secret)
        assert "elif@example.com" not in json.dumps(printed)


def test_words_that_others_add_to_our_link_mean_nothing(client: FlaskClient) -> None:
    answer = client.get("/api/auth/oauth/google?utm_source=bulten")
    assert answer.status_code == 302
    assert "client_id" in parse_qs(urlsplit(answer.location).query)


def test_while_redis_is_away_it_leads_to_a_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object, **__: object) -> None:
        raise RedisConnectionError("gone")

    monkeypatch.setattr(redis, "set", lost)
    answer = client.get("/api/auth/oauth/google")
    found = urlsplit(answer.location)
    assert (answer.status_code, found.path) == (302, "/en/login")
    assert parse_qs(found.query)["error"] == ["unavailable"]
