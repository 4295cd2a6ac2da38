"""Requests are counted by who sends them, and answers tell what is left."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis

from tests.factories.auth import as_browser, sign_up
from ultra.gateway.app import create_app
from ultra.kit import limits
from ultra.settings import settings

ME = "/api/auth/me"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.limits, "session", "4/minute")
    monkeypatch.setattr(settings.limits, "api", "6/minute")


def told(answer: Any) -> dict[str, str]:
    return {k: v for k, v in answer.headers if k.startswith("RateLimit-")}


class TestSession:
    def test_it_is_told_what_is_left_and_then_refused(self, client: FlaskClient) -> None:
        sign_up(client)
        left = [told(client.get(ME))["RateLimit-Remaining"] for _ in range(4)]
        assert left == ["3", "2", "1", "0"]
        refused = client.get(ME)
        assert (refused.status_code, refused.get_json()["code"]) == (429, "too_many")
        assert told(refused) == {
            "RateLimit-Limit": "4",
            "RateLimit-Remaining": "0",
            "RateLimit-Reset": refused.headers["Retry-After"],
            "RateLimit-Policy": '"session";q=4;w=60',
        }
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert refused.headers["Retry-After"] in refused.get_json()["detail"]

    def test_others_are_not_refused_with_it(self, client: FlaskClient, app: Flask) -> None:
        person = sign_up(client)
        for _ in range(5):
            client.get(ME)
        # The same session by another way is still the same session.
        assert app.test_client().get(ME, headers=person.headers).status_code == 429
        other = as_browser(app)
        sign_up(other)
        assert other.get(ME).status_code == 200

    def test_a_forced_request_uses_nothing_up(self, client: FlaskClient) -> None:
        sign_up(client)
        for _ in range(6):
            client.patch(ME, json={"name": "X"}, headers={"X-CSRF-Token": ""})
        assert client.get(ME).status_code == 200


class TestStranger:
    def test_guessed_tokens_are_counted_by_address(self, app: Flask, stores: None) -> None:
        stranger = app.test_client()
        statuses = [
            stranger.get(ME, headers={"Authorization": f"Bearer guess{number}"}).status_code
            for number in range(8)
        ]
        assert statuses == [401] * 6 + [429] * 2
        elsewhere = stranger.get(ME, environ_overrides={"REMOTE_ADDR": "192.0.2.9"})
        assert elsewhere.status_code == 401

    def test_a_whole_ipv6_network_is_one_stranger(self, app: Flask, stores: None) -> None:
        stranger = app.test_client()

        def ask(address: str) -> int:
            return stranger.get(ME, environ_overrides={"REMOTE_ADDR": address}).status_code

        assert [ask(f"2001:db8::{number}") for number in range(1, 8)] == [401] * 6 + [429]
        assert ask("2001:db8:0:1::1") == 401

    def test_nobody_chooses_an_address(self, stores: None, monkeypatch: pytest.MonkeyPatch) -> None:
        def ask(app: Flask, claimed: str) -> int:
            headers = {"X-Forwarded-For": claimed}
            return app.test_client().get(ME, headers=headers).status_code

        direct = create_app(["auth"])
        assert [ask(direct, f"192.0.2.{number}") for number in range(7)] == [401] * 6 + [429]
        monkeypatch.setattr(settings.gateway, "trusted_proxies", 1)
        behind = create_app(["auth"])
        # Our own proxy wrote the last entry; what stands before it is the caller's tale.
        found = [ask(behind, f"198.51.100.{number}, 192.0.2.50") for number in range(7)]
        assert found == [401] * 6 + [429]
        assert ask(behind, "192.0.2.50, 192.0.2.51") == 401

    def test_probes_are_not_counted(self, client: FlaskClient) -> None:
        assert [client.get("/livez").status_code for _ in range(9)] == [200] * 9
        assert told(client.get("/livez")) == {}


class TestWithoutRedis:
    @pytest.fixture
    def no_redis(self, stores: None, monkeypatch: pytest.MonkeyPatch) -> Any:
        """Limits whose server is not there; everything else has its own."""
        lost = Redis.from_url("unix:///nowhere/redis.sock")
        with monkeypatch.context() as patch:
            patch.setattr(limits, "redis", lost)
            limits._shared.cache_clear()
            limits._own.cache_clear()
            yield
        limits._shared.cache_clear()
        lost.close()

    def test_signing_in_is_closed_and_reading_is_open(
        self, client: FlaskClient, no_redis: None
    ) -> None:
        body = {"email": "biri@example.test", "password": "x" * 12}
        answer = client.post("/api/auth/login", json=body)
        assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
        assert client.get("/api/openapi.json").status_code == 200

    def test_reading_is_counted_by_the_process(self, client: FlaskClient, no_redis: None) -> None:
        statuses = [client.get("/api/openapi.json").status_code for _ in range(7)]
        assert statuses == [200] * 6 + [429]
