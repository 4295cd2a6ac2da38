"""Names that we answer to, and other origins' pages that may call us (CORS)."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError

from tests.factories.auth import sign_up
from ultra.auth import public as auth
from ultra.settings import Gateway, Settings, settings

STUDIO = "https://studio.example.com"
ME = "/api/auth/me"


@pytest.fixture
def studio(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A page of another origin that is allowed, in a browser with our cookies."""
    monkeypatch.setattr(settings.gateway, "allowed_origins", [STUDIO])
    sign_up(client)
    client.environ_base["HTTP_ORIGIN"] = STUDIO
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-site"
    return client


def ask_first(client: FlaskClient, origin: str, path: str = ME) -> dict[str, str]:
    """What a preflight is answered; the headers about origins alone."""
    answer = client.options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "content-type,x-csrf-token",
        },
    )
    assert answer.status_code == 204
    return {k: v for k, v in answer.headers if k.startswith("Access-Control-")}


class TestAllowed:
    def test_it_may_ask_first(self, studio: FlaskClient) -> None:
        for path in (ME, "/api/video/uploads"):
            found = ask_first(studio, STUDIO, path)
            assert found["Access-Control-Allow-Origin"] == STUDIO
            assert found["Access-Control-Allow-Credentials"] == "true"
            assert "PATCH" in found["Access-Control-Allow-Methods"]
            assert "X-CSRF-Token" in found["Access-Control-Allow-Headers"]
            assert "*" not in " ".join(found.values())

    def test_it_may_read_and_with_a_token_change(self, studio: FlaskClient) -> None:
        answer = studio.get("/api/auth/csrf")
        assert answer.headers["Access-Control-Allow-Origin"] == STUDIO
        assert "RateLimit-Remaining" in answer.headers["Access-Control-Expose-Headers"]
        assert "Origin" in answer.vary
        token = {"X-CSRF-Token": answer.get_json()["token"]}
        assert studio.patch(ME, json={"name": "Yeni"}, headers=token).status_code == 200
        refused = studio.patch(ME, json={"name": "Yeni"}, headers={"X-CSRF-Token": ""})
        assert refused.get_json()["code"] == "csrf_token_missing"
        # It must be able to read why it was refused.
        assert refused.headers["Access-Control-Allow-Origin"] == STUDIO

    def test_live_events_as_well(self, studio: FlaskClient) -> None:
        assert studio.get("/api/events").status_code == 200


class TestEverybodyElse:
    @pytest.mark.parametrize(
        "origin",
        [
            "https://evil.example.com",
            "https://studio.example.com.evil.example",
            "http://studio.example.com",
            "https://studio.example.com:8443",
            "https://STUDIO.example.com",
            "null",
            "*",
            "",
        ],
    )
    def test_is_told_nothing(self, studio: FlaskClient, origin: str) -> None:
        assert ask_first(studio, origin) == {}
        answer = studio.get(ME, headers={"Origin": origin})
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")]
        # Also to the unwritten answer a cache must not give another page's.
        assert "Origin" in answer.vary

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "https://evil.example"},
            {"Sec-Fetch-Site": "same-site"},
        ],
        ids=str,
    )
    def test_hears_no_live_events(
        self, client: FlaskClient, app: Flask, headers: dict[str, str]
    ) -> None:
        sign_up(client)
        access = client.get_cookie(auth.ACCESS_COOKIE).value  # type: ignore[union-attr]
        other = app.test_client()
        other.set_cookie(auth.ACCESS_COOKIE, access)
        answer = other.get("/api/events", headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "cross_site_request")
        # An older browser says nothing about its own pages, and other pages cannot read.
        assert other.get("/api/events").status_code == 200

    @pytest.mark.parametrize(
        "origin", ["*", "https://", "studio.example.com", "https://a.example/", "ftp://a.example"]
    )
    def test_a_setting_that_is_no_origin_stops_the_start(self, origin: str) -> None:
        with pytest.raises(ValidationError):
            Gateway(allowed_origins=[origin])


class TestHost:
    @pytest.mark.parametrize(
        "host", ["localhost", "localhost:5000", "127.0.0.1:5000", "[::1]:5000", "LOCALHOST"]
    )
    def test_we_answer_to_our_names(self, app: Flask, host: str) -> None:
        answer = app.test_client().get("/api/openapi.json", headers={"Host": host})
        assert answer.status_code == 200

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "localhost.evil.example", "evil.example:5000", "[::1", "169.254.1.1"],
    )
    def test_a_name_turned_to_our_address_is_not_ours(self, app: Flask, host: str) -> None:
        answer = app.test_client().get("/api/openapi.json", headers={"Host": host})
        assert (answer.status_code, answer.get_json()["code"]) == (421, "unknown_host")

    def test_probes_know_us_by_address_alone(self, app: Flask) -> None:
        answer = app.test_client().get("/livez", headers={"Host": "10.1.2.3:5000"})
        assert answer.status_code == 200

    def test_the_names_are_those_of_the_settings(self) -> None:
        found = Settings(
            public_url="https://Ultra.example",
            gateway=Gateway(allowed_origins=[STUDIO], trusted_hosts=["gateway"]),
        ).hosts
        assert found >= {"ultra.example", "studio.example.com", "gateway", "localhost"}
        assert "evil.example" not in found


@pytest.mark.parametrize("header", ["Origin", "Referer"])
def test_what_is_no_address_is_another_site(client: FlaskClient, header: str) -> None:
    client.environ_base.pop("HTTP_SEC_FETCH_SITE", None)
    client.environ_base.pop("HTTP_ORIGIN", None)
    answer = client.post("/api/auth/login", json={}, headers={header: "http://["})
    assert (answer.status_code, answer.get_json()["code"]) == (403, "cross_site_request")
