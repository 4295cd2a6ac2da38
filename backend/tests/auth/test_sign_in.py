"""Registering, signing in, one's profile: through HTTP, as the website does it."""

import os
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth import public
from ultra.auth.users.models import User
from ultra.auth.workspaces.models import Membership, Workspace
from ultra.kit.db import read_only
from ultra.kit.roles import Role
from ultra.settings import settings


def cookie_lines(answer):
    return {line.split("=", 1)[0]: line for line in answer.headers.getlist("Set-Cookie")}


class TestRegister:
    def test_makes_person_workspace_and_session_at_once(self, client):
        person = sign_up(client, email="Ayse@Example.com", name="Ayşe Yılmaz")

        assert person.user["email"] == "Ayse@example.com"
        assert person.user["theme"] == "system"
        with read_only() as session:
            membership = session.scalars(select(Membership)).one()
            assert membership.role is Role.OWNER
            assert membership.user_id == person.user_id
            assert public.member_ids(session, person.workspace_id) == [person.user_id]
            assert public.get_person(session, person.user_id).name == "Ayşe Yılmaz"
        me = client.get("/api/auth/me")
        assert me.status_code == 200
        assert me.get_json()["user"] == person.user
        assert me.get_json()["workspace"] == person.workspace

    def test_the_token_works_without_cookies(self, client, app):
        person = sign_up(client)
        answer = app.test_client().get("/api/auth/me", headers=person.headers)
        assert answer.get_json()["user"]["id"] == person.user["id"]

    @pytest.mark.parametrize(
        "again", ["ayse@example.com", " AYSE@EXAMPLE.COM ", "aySe@Example.com"]
    )
    def test_refuses_a_taken_address_in_any_letter_case(self, client, again):
        sign_up(client, email="Ayse@example.com")
        answer = client.post(
            "/api/auth/register", json={"email": again, "password": PASSWORD, "name": "B"}
        )
        assert (answer.status_code, answer.get_json()["code"]) == (409, "email_taken")
        assert not answer.headers.getlist("Set-Cookie")
        with read_only() as session:
            assert session.scalar(select(func.count()).select_from(User)) == 1
            assert session.scalar(select(func.count()).select_from(Workspace)) == 1

    def test_takes_the_language_of_the_browser_unless_one_is_given(self, client, app):
        turkish = as_browser(app)
        turkish.environ_base["HTTP_ACCEPT_LANGUAGE"] = "tr-TR,tr;q=0.9,en;q=0.8"
        assert sign_up(turkish).user["locale"] == "tr"
        assert sign_up(client).user["locale"] == "en"
        assert sign_up(turkish, locale="en").user["locale"] == "en"

    @pytest.mark.parametrize(
        ("change", "field", "code"),
        [
            ({"email": "ayse"}, "email", "value_error"),
            ({"email": "ayse@example"}, "email", "value_error"),
            ({"email": "a\0@example.com"}, "email", "value_error"),
            ({"password": "kısacık"}, "password", "string_too_short"),
            ({"password": "x" * 129}, "password", "string_too_long"),
            ({"name": "   "}, "name", "string_too_short"),
            ({"name": "a\0b"}, "name", "value_error"),
            ({"name": "a\nb"}, "name", "value_error"),
            ({"password": "a\0bcdefghi"}, "password", "value_error"),
            ({"name": "x" * 101}, "name", "string_too_long"),
            ({"locale": "de"}, "locale", "enum"),
            ({"is_admin": True}, "is_admin", "extra_forbidden"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, client, change, field, code):
        body = {"email": "a@example.com", "password": PASSWORD, "name": "A", **change}
        answer = client.post("/api/auth/register", json=body)
        assert answer.status_code == 422
        problem = answer.get_json()
        assert [(each["field"], each["code"]) for each in problem["errors"]] == [(field, code)]
        assert PASSWORD not in answer.text

    def test_a_password_of_64_emoji_and_one_with_spaces_at_its_ends_work(self, client):
        for password in ("🎬" * 64, "🎬" * 128, "  boşluklu şifre  "):
            person = sign_up(client, password=password)
            credentials = {"email": person.user["email"], "password": password}
            assert client.post("/api/auth/login", json=credentials).status_code == 200
            credentials["password"] = password[:-1]
            assert client.post("/api/auth/login", json=credentials).status_code == 401


class TestLogin:
    def test_opens_another_session_and_answers_like_register(self, client, app):
        person = sign_up(client)
        phone = as_browser(app)
        answer = phone.post(
            "/api/auth/login", json={"email": person.user["email"], "password": PASSWORD}
        )
        assert answer.status_code == 200
        assert answer.get_json()["user"] == person.user
        assert answer.get_json()["workspace"] == person.workspace
        ids = {each.get("/api/auth/me").get_json()["session_id"] for each in (client, phone)}
        assert len(ids) == 2

    def test_says_the_same_of_a_wrong_password_and_an_unknown_address(self, client):
        person = sign_up(client)
        answers = [
            client.post("/api/auth/login", json={"email": email, "password": "yanlış şifre"})
            for email in (person.user["email"], "kimse@example.com", "not an address")
        ]
        bodies = [{**each.get_json(), "request_id": ""} for each in answers]
        assert all(body == bodies[0] for body in bodies)
        assert bodies[0]["code"] == "wrong_credentials"
        assert {each.status_code for each in answers} == {401}
        assert {frozenset(each.headers.keys()) for each in answers} == {
            frozenset(answers[0].headers.keys())
        }

    def test_takes_as_long_for_an_unknown_address(self, client, unlimited, monkeypatch):
        # 64 times the work of cost 4, so that the hashing outweighs everything around it.
        monkeypatch.setattr(settings.auth, "bcrypt_cost", 10)
        person = sign_up(client)
        seconds = {person.user["email"]: [], "kimse@example.com": []}
        for _ in range(6):
            for email, taken in seconds.items():
                started = time.perf_counter()
                client.post("/api/auth/login", json={"email": email, "password": "yanlış şifre"})
                taken.append(time.perf_counter() - started)
        # The shortest of each: whatever else this machine does can only add to it.
        known, unknown = (min(taken) for taken in seconds.values())
        assert 0.6 < unknown / known < 1.7

    def test_speaks_the_language_of_the_caller(self, client):
        body = {"email": "kimse@example.com", "password": "yanlış şifre"}
        turkish = client.post("/api/auth/login", json=body, headers={"Accept-Language": "tr"})
        assert turkish.get_json()["detail"] == "E-posta adresi veya parola yanlış."


class TestCookies:
    def test_are_out_of_reach_for_scripts_and_live_as_long_as_what_they_hold(self, client):
        lines = cookie_lines(
            client.post(
                "/api/auth/register",
                json={"email": "a@example.com", "password": PASSWORD, "name": "A"},
            )
        )
        port = settings.website_port
        assert set(lines) == {f"ultra_{port}_{each}" for each in ("at", "rt", "csrf", "device")}
        for name, line in lines.items():
            parts = {part.strip() for part in line.split(";")}
            assert {"SameSite=Lax", "Path=/"} <= parts
            # Only the CSRF token is for our own scripts to read.
            assert ("HttpOnly" in parts) == (not name.endswith("_csrf"))
            assert not any(part.startswith("Domain") for part in parts)
        assert "Max-Age=600;" in lines[public.ACCESS_COOKIE]
        assert f"Max-Age={14 * 86_400};" in lines[public.REFRESH_COOKIE]

    def test_carry_the_host_prefix_in_production(self):
        # Names are made when the module is read, so another process has to read it.
        production = {
            "ULTRA_ENVIRONMENT": "production",
            "ULTRA_DATABASE_URL": "postgresql://nowhere/none",
            "ULTRA_REDIS_URL": "redis://nowhere",
            "ULTRA_STORAGE_URL": "s3://none",
            "ULTRA_SECRET_KEY": "x" * 32,
            "ULTRA_PUBLIC_URL": "https://ultra.example",
        }
        code = (
            "from uuid import UUID; from flask import Flask, Response; "
            "from ultra.auth.sessions import cookies; "
            "Flask('one').test_request_context().push(); "
            "answer = cookies.set_cookies(Response(), 'a', 'r', UUID(int=1)); "
            "cookies.set_device_cookie(answer, 'd'); "
            "print(*answer.headers.getlist('Set-Cookie'), sep='\\n')"
        )
        printed = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **production},
            capture_output=True,
            check=True,
            text=True,
            timeout=60,
        ).stdout
        lines = printed.splitlines()
        assert {line.split("=")[0] for line in lines} == {
            f"__Host-ultra_{each}" for each in ("at", "rt", "csrf", "device")
        }
        for line in lines:
            assert {"Secure", "Path=/"} <= {part.strip() for part in line.split(";")}

    def test_the_refresh_token_is_never_in_a_body(self, client):
        sign_up(client)
        answer = client.post("/api/auth/refresh")
        secret = client.get_cookie(public.REFRESH_COOKIE).value
        assert secret not in answer.text

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
            {"Sec-Fetch-Site": "same-site", "Origin": "http://sibling.localhost"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "null"},
            {"Origin": "https://evil.example"},
        ],
    )
    def test_a_changing_request_of_another_site_is_refused(self, client, app, headers):
        sign_up(client)
        del client.environ_base["HTTP_SEC_FETCH_SITE"]
        for method, path in (("post", "logout"), ("post", "refresh"), ("delete", "sessions")):
            answer = getattr(client, method)(f"/api/auth/{path}", headers=headers)
            assert (answer.status_code, answer.get_json()["code"]) == (403, "cross_site_request")
            assert not answer.headers.getlist("Set-Cookie")
        assert client.get("/api/auth/me").status_code == 200

    def test_cookies_that_say_nothing_of_their_origin_are_refused(self, client, app):
        sign_up(client)
        del client.environ_base["HTTP_SEC_FETCH_SITE"]
        assert client.post("/api/auth/refresh").status_code == 403

    def test_another_site_cannot_sign_somebody_in(self, client, app):
        person = sign_up(client)
        stranger = app.test_client()
        answer = stranger.post(
            "/api/auth/login",
            json={"email": person.user["email"], "password": PASSWORD},
            headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        )
        assert answer.status_code == 403

    def test_json_that_poses_as_a_form_is_refused(self, client):
        answer = client.post(
            "/api/auth/login",
            data='{"email": "a@example.com", "password": "x"}',
            content_type="text/plain",
        )
        assert answer.status_code in (415, 422)


class TestMe:
    def test_changes_only_what_is_given(self, client):
        person = sign_up(client)
        answer = client.patch("/api/auth/me", json={"theme": "dark"})
        assert answer.status_code == 200
        assert answer.get_json()["user"] == {**person.user, "theme": "dark"}
        answer = client.patch("/api/auth/me", json={"name": " Ayşe Demir ", "locale": "tr"})
        assert answer.get_json()["user"]["name"] == "Ayşe Demir"
        assert client.get("/api/auth/me").get_json() == answer.get_json()

    def test_a_name_may_have_joined_emoji_and_any_script(self, client):
        for name in ("İğdır Çalışkan", "👩‍🚀 Ayşe", "می‌خواهم"):
            assert sign_up(client, name=name).user["name"] == name

    def test_refuses_what_is_not_one_s_own_to_change(self, client):
        sign_up(client)
        answer = client.patch("/api/auth/me", json={"email": "other@example.com"})
        assert answer.status_code == 422

    def test_asks_strangers_to_sign_in(self, client):
        answer = client.get("/api/auth/me")
        assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")
        assert answer.get_json()["detail"] == "Please sign in to do this."
