"""Who may call: every route names what it asks, and other sites' pages cannot act for a person."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.auth import PASSWORD, sign_up
from ultra.kit.access import Scope
from ultra.settings import settings


class TestEveryRoute:
    def test_states_its_access(self, app: Flask) -> None:
        without = [
            rule.rule
            for rule in app.url_map.iter_rules()
            if not isinstance(getattr(app.view_functions[rule.endpoint], "access", None), Scope)
        ]
        assert without == []

    def test_refuses_a_stranger_unless_it_is_public(self, app: Flask, stores: None) -> None:
        stranger = app.test_client()
        checked = 0
        for rule in app.url_map.iter_rules():
            if app.view_functions[rule.endpoint].access is Scope.PUBLIC:  # type: ignore[attr-defined]
                continue
            values = dict.fromkeys(rule.arguments, "0199a7b2-0000-7000-8000-000000000000")
            path = app.url_map.bind("localhost").build(rule.endpoint, values, force_external=False)
            for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
                answer = stranger.open(path, method=method)
                assert (method, path, answer.status_code) == (method, path, 401)
                checked += 1
        assert checked > 20

    def test_what_is_public_is_meant_to_be(self, app: Flask) -> None:
        public = {
            rule.rule
            for rule in app.url_map.iter_rules()
            if app.view_functions[rule.endpoint].access is Scope.PUBLIC  # type: ignore[attr-defined]
        }
        assert public == {
            "/livez",
            "/readyz",
            "/metrics",
            "/.well-known/jwks.json",
            "/api/openapi.json",
            "/api/docs",
            "/api/docs/<path:name>",
            "/api/csp-reports",
            "/api/auth/settings",
            "/api/auth/register",
            "/api/auth/login",
            "/api/auth/login/second-factor",  # a cookie names the sign-in that it completes
            "/api/auth/login/second-factor/options",
            "/api/auth/passkeys/login",
            "/api/auth/passkeys/login/options",
            "/api/auth/oauth/<provider>",
            "/api/auth/oauth/<provider>/callback",  # a cookie names the way out
            "/api/auth/refresh",
            "/api/auth/logout",
            "/api/auth/password/forgot",
            "/api/auth/password/reset",  # these four bring a key from a letter
            "/api/auth/verification/confirm",
            "/api/auth/email/confirm",
            "/api/auth/email/undo",
            "/api/invitations/<token>",  # the token is the key
            "/api/jobs/hooks/<hook>",  # signed
            "/api/notifications/unsubscribe/<token>",  # signed
            "/api/notifications/unsubscribe/<token>/undo",  # signed
            "/api/projects/github/callback",  # a state names the way out
            "/api/video/uploads",  # OPTIONS alone; the test above covers POST
        }


class TestOtherSites:
    """`client` is our own page: it sends Sec-Fetch-Site: same-origin."""

    def rename(self, client: FlaskClient, **headers: str | None) -> int:
        """A changing request with the person's cookies."""
        named = {name.replace("_", "-"): value for name, value in headers.items() if value}
        client.environ_base.pop("HTTP_SEC_FETCH_SITE", None)
        answer = client.patch("/api/auth/me", json={"name": "Yeni Ad"}, headers=named)
        if answer.status_code == 403:
            assert answer.get_json()["code"] == "cross_site_request"
        return answer.status_code

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec_Fetch_Site": "same-origin"},
            {"Origin": settings.website_url},
            {"Origin": "http://localhost"},
            {"Referer": f"{settings.website_url}/settings"},
        ],
    )
    def test_our_own_page_may(self, client: FlaskClient, headers: dict[str, str]) -> None:
        sign_up(client)
        assert self.rename(client, **headers) == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec_Fetch_Site": "cross-site", "Origin": "https://other.example"},
            {"Sec_Fetch_Site": "same-site", "Origin": "https://evil.localhost"},
            {"Sec_Fetch_Site": "cross-site"},
            {"Origin": "https://other.example"},
            {"Origin": "null"},
        ],
    )
    def test_another_page_may_not(self, client: FlaskClient, headers: dict[str, str]) -> None:
        sign_up(client)
        assert self.rename(client, **headers) == 403

    @pytest.mark.parametrize("referrer", [None, "https://other.example/page", "about:blank"])
    def test_what_does_not_say_that_it_is_ours_may_not(
        self, client: FlaskClient, referrer: str | None
    ) -> None:
        sign_up(client)
        assert self.rename(client, Referer=referrer) == 403

    def test_a_script_without_cookies_may_sign_in(self, client: FlaskClient, app: Flask) -> None:
        person = sign_up(client)
        body = {"email": person.user["email"], "password": PASSWORD}
        assert app.test_client().post("/api/auth/login", json=body).status_code == 200

    def test_a_name_in_a_forwarded_header_is_not_believed(self, client: FlaskClient) -> None:
        sign_up(client)
        headers = {"Origin": "https://evil.example", "X_Forwarded_Host": "evil.example"}
        assert self.rename(client, **headers) == 403

    def test_our_site_over_http_is_another_site(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sign_up(client)
        monkeypatch.setattr(settings, "public_url", "https://localhost")
        # The token is of the address before; where it comes from is looked at first.
        assert self.rename(client, Origin="http://localhost") == 403

    def test_another_page_cannot_sign_a_person_in(self, client: FlaskClient, app: Flask) -> None:
        person = sign_up(client)
        body = {"email": person.user["email"], "password": PASSWORD}
        headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://other.example"}
        answer = app.test_client().post("/api/auth/login", json=body, headers=headers)
        assert answer.status_code == 403

    def test_a_token_in_the_header_needs_no_origin(self, client: FlaskClient, app: Flask) -> None:
        person = sign_up(client)
        headers = {**person.headers, "Origin": "https://other.example"}
        answer = app.test_client().patch("/api/auth/me", json={"name": "Yeni"}, headers=headers)
        assert answer.status_code == 200

    def test_reading_is_left_to_the_browsers_own_rules(self, client: FlaskClient) -> None:
        sign_up(client)
        client.environ_base.pop("HTTP_SEC_FETCH_SITE", None)
        answer = client.get("/api/auth/me", headers={"Origin": "https://other.example"})
        assert answer.status_code == 200
        assert "Access-Control-Allow-Origin" not in answer.headers
