"""A changing request that lives on cookies needs the token that only our own pages can read."""

import base64
import secrets

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth import public as auth

ME = "/api/auth/me"


def rename(client: FlaskClient, **headers: str) -> TestResponse:
    """A changing request with the person's cookies; an empty header counts as none."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.patch(ME, json={"name": "Yeni Ad"}, headers=named)


def refuse(answer: TestResponse, code: str) -> None:
    assert (answer.status_code, answer.get_json()["code"]) == (403, code)


class TestToken:
    def test_the_page_reads_it_from_a_cookie_and_sends_it(self, client: FlaskClient) -> None:
        sign_up(client)
        token = client.get_cookie(auth.CSRF_COOKIE).value  # type: ignore[union-attr]
        assert rename(client, X_CSRF_Token=token).status_code == 200

    def test_without_it_nothing_changes(self, client: FlaskClient) -> None:
        sign_up(client)
        refuse(rename(client, X_CSRF_Token=""), "csrf_token_missing")
        assert client.get(ME).get_json()["user"]["name"] == "Ayşe Yılmaz"

    def test_one_of_another_session_is_worth_nothing(self, client: FlaskClient, app: Flask) -> None:
        sign_up(client)
        other = as_browser(app)
        sign_up(other)
        theirs = other.get_cookie(auth.CSRF_COOKIE).value  # type: ignore[union-attr]
        refuse(rename(client, X_CSRF_Token=theirs), "csrf_token_missing")
        # Nor when it is planted as a cookie as well.
        client.set_cookie(auth.CSRF_COOKIE, theirs)
        refuse(rename(client), "csrf_token_missing")

    def test_one_from_before_the_last_sign_in_is_worth_nothing(self, client: FlaskClient) -> None:
        person = sign_up(client)
        old = client.get_cookie(auth.CSRF_COOKIE).value  # type: ignore[union-attr]
        assert client.post("/api/auth/logout").status_code == 204
        assert client.get_cookie(auth.CSRF_COOKIE) is None
        body = {"email": person.user["email"], "password": PASSWORD}
        assert client.post("/api/auth/login", json=body).status_code == 200
        refuse(rename(client, X_CSRF_Token=old), "csrf_token_missing")
        assert rename(client).status_code == 200

    @pytest.mark.parametrize(
        "forged",
        [
            "x",
            ".",
            "a.b",
            "é.ü",
            "\x7f",
            "x" * 5000,
            f"{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip('=')}.abc",
        ],
        ids=ascii,
    )
    def test_what_nobody_signed_is_refused(self, client: FlaskClient, forged: str) -> None:
        sign_up(client)
        refuse(rename(client, X_CSRF_Token=forged), "csrf_token_missing")

    def test_each_part_of_it_counts(self, client: FlaskClient) -> None:
        sign_up(client)
        token = client.get_cookie(auth.CSRF_COOKIE).value  # type: ignore[union-attr]
        signature, chance = token.split(".")
        for changed in (f"{signature}.{chance}x", f"{chance}.{signature}", f"{signature}."):
            refuse(rename(client, X_CSRF_Token=changed), "csrf_token_missing")

    def test_it_lives_on_when_the_session_is_renewed(self, client: FlaskClient) -> None:
        sign_up(client)
        before = client.get_cookie(auth.CSRF_COOKIE).value  # type: ignore[union-attr]
        assert client.post("/api/auth/refresh").status_code == 200
        # A page that was open all the while still has the old one.
        assert rename(client, X_CSRF_Token=before).status_code == 200
        assert rename(client).status_code == 200

    def test_who_has_cookies_but_no_token_asks_for_one(self, client: FlaskClient) -> None:
        sign_up(client)
        client.delete_cookie(auth.CSRF_COOKIE)
        refuse(rename(client), "csrf_token_missing")
        answer = client.get("/api/auth/csrf")
        assert client.get_cookie(auth.CSRF_COOKIE).value == answer.get_json()["token"]  # type: ignore[union-attr]
        assert rename(client).status_code == 200

    def test_a_stranger_gets_none(self, client: FlaskClient) -> None:
        assert client.get("/api/auth/csrf").status_code == 401

    def test_scripts_may_read_this_cookie_and_no_other(self, client: FlaskClient) -> None:
        body = {"email": "cerez@example.test", "password": PASSWORD, "name": "Çerez"}
        lines = client.post("/api/auth/register", json=body).headers.getlist("Set-Cookie")
        readable = {line.split("=")[0] for line in lines if "HttpOnly" not in line}
        assert readable == {auth.CSRF_COOKIE}
        assert all("SameSite=Lax" in line and "Path=/" in line for line in lines)


class TestWhoNeedsNone:
    def test_a_bearer_without_cookies(self, client: FlaskClient, app: Flask) -> None:
        person = sign_up(client)
        answer = app.test_client().patch(ME, json={"name": "Yeni"}, headers=person.headers)
        assert answer.status_code == 200

    def test_a_bearer_beside_cookies_acts_for_itself(self, client: FlaskClient, app: Flask) -> None:
        sign_up(client)
        other = sign_up(as_browser(app))
        # Another site's page can send cookies, but no Authorization header.
        answer = rename(client, X_CSRF_Token="", **other.headers)
        assert answer.status_code == 200
        assert (
            app.test_client().get(ME, headers=other.headers).get_json()["user"]["name"] == "Yeni Ad"
        )
        assert client.get(ME).get_json()["user"]["name"] == "Ayşe Yılmaz"

    def test_reading(self, client: FlaskClient) -> None:
        sign_up(client)
        assert client.get(ME, headers={"X-CSRF-Token": ""}).status_code == 200

    def test_signing_in_and_out_and_on(self, client: FlaskClient) -> None:
        person = sign_up(client)
        none = {"X-CSRF-Token": ""}
        assert client.post("/api/auth/refresh", headers=none).status_code == 200
        assert client.post("/api/auth/logout", headers=none).status_code == 204
        body = {"email": person.user["email"], "password": PASSWORD}
        assert client.post("/api/auth/login", json=body, headers=none).status_code == 200


class TestBody:
    """A form of another site can send text, but cannot say that it is JSON without asking first."""

    @pytest.mark.parametrize(
        "kind",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonx",
            "",
        ],
    )
    def test_what_does_not_call_itself_json_is_refused(
        self, client: FlaskClient, kind: str
    ) -> None:
        sign_up(client)
        answer = client.patch(ME, data=b'{"name": "Yeni Ad"}', content_type=kind)
        assert (answer.status_code, answer.get_json()["code"]) == (415, "unsupported_media_type")

    @pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8"])
    def test_json_is_read(self, client: FlaskClient, kind: str) -> None:
        sign_up(client)
        answer = client.patch(ME, data=b'{"name": "Yeni Ad"}', content_type=kind)
        assert answer.status_code == 200

    def test_signing_in_as_well(self, client: FlaskClient) -> None:
        answer = client.post(
            "/api/auth/login", data=b'{"email": "a@b.c"}', content_type="text/plain"
        )
        assert answer.status_code == 415
