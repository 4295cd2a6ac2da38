"""A sign-in between its two steps: five minutes, one browser, once."""

import threading

import pytest

from tests.auth.factors.people import begin_login, code_of, finish, outcome, turn_on_totp
from tests.factories.auth import as_browser, sign_up
from ultra.auth.factors.cookies import PENDING_COOKIE
from ultra.gateway.openapi import read_document
from ultra.kit.redis import redis

ENDED = (401, "pending_sign_in_ended")


@pytest.fixture
def person(client, clock):
    person = sign_up(client)
    secret, _ = turn_on_totp(client, clock)
    return person, secret


class TestFirstStep:
    def test_signs_nobody_in(self, client, app, person):
        signed_up, _ = person
        browser = as_browser(app)
        answer = browser.post(
            "/api/auth/login",
            json={"email": signed_up.user["email"], "password": signed_up.password},
        )
        assert answer.status_code == 202
        assert answer.get_json() == {"second_factor": {"ways": ["totp", "recovery"]}}
        lines = {line.split("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}
        assert set(lines) == {PENDING_COOKIE}
        assert "HttpOnly" in lines[PENDING_COOKIE]
        assert "SameSite=Lax" in lines[PENDING_COOKIE]
        assert "Max-Age=300" in lines[PENDING_COOKIE]
        assert browser.post("/api/auth/refresh").status_code == 401

    def test_a_wrong_password_learns_nothing_of_factors(self, app, person):
        signed_up, _ = person
        answer = as_browser(app).post(
            "/api/auth/login", json={"email": signed_up.user["email"], "password": "yanlış şifre"}
        )
        assert outcome(answer) == (401, "wrong_credentials")

    def test_redis_does_not_know_the_cookie(self, app, person):
        browser = begin_login(app, person[0])
        token = browser.get_cookie(PENDING_COOKIE).value
        keys = list(redis.scan_iter("auth:pending:*"))
        assert len(keys) == 1
        assert token not in keys[0] + redis.get(keys[0])
        assert 0 < redis.ttl(keys[0]) <= 300

    def test_the_api_document_shows_both_answers(self, app):
        answers = read_document(app)["paths"]["/api/auth/login"]["post"]["responses"]
        shapes = {
            status: answers[status]["content"]["application/json"]["schema"]["$ref"]
            for status in ("200", "202")
        }
        assert shapes == {
            "200": "#/components/schemas/SignedIn",
            "202": "#/components/schemas/SecondFactorNeeded",
        }


class TestSecondStep:
    def test_needs_the_first_one(self, client, app, person):
        stranger = as_browser(app)
        for cookie in (None, "x" * 43):
            if cookie:
                stranger.set_cookie(PENDING_COOKIE, cookie)
            assert outcome(stranger.get("/api/auth/login/second-factor")) == ENDED
            assert outcome(stranger.post("/api/auth/login/second-factor/options")) == ENDED
            assert outcome(finish(stranger, code="123456")) == ENDED

    def test_is_possible_for_five_minutes(self, app, person, clock):
        browser = begin_login(app, person[0])
        (key,) = redis.scan_iter("auth:pending:*")
        redis.pexpire(key, 1)
        clock.forward()
        assert outcome(finish(browser, code=code_of(person[1], clock))) == ENDED

    def test_is_possible_once(self, app, person, clock):
        browser = begin_login(app, person[0])
        cookie = browser.get_cookie(PENDING_COOKIE).value
        assert finish(browser, code=code_of(person[1], clock)).status_code == 200
        assert browser.get_cookie(PENDING_COOKIE) is None
        copy = as_browser(app)
        copy.set_cookie(PENDING_COOKIE, cookie)
        clock.forward()
        assert outcome(finish(copy, code=code_of(person[1], clock))) == ENDED

    def test_ends_with_the_password_of_the_first_one(self, client, app, person, clock):
        browser = begin_login(app, person[0])
        change = {"current_password": person[0].password, "new_password": "yepyeni bir şifre 7"}
        assert client.post("/api/auth/password", json=change).status_code == 204
        code = code_of(person[1], clock)
        assert outcome(finish(browser, code=code)) == ENDED
        assert outcome(finish(browser, code=code)) == ENDED

    def test_of_two_at_the_same_moment_one_signs_in(self, client, app, person, clock):
        codes = client.post("/api/auth/recovery-codes").get_json()["recovery_codes"]
        first = begin_login(app, person[0])
        second = as_browser(app)
        second.set_cookie(PENDING_COOKIE, first.get_cookie(PENDING_COOKIE).value)
        start, statuses = threading.Barrier(2), []

        def enter(browser, code):
            start.wait(10)
            statuses.append(finish(browser, recovery_code=code).status_code)

        pairs = zip((first, second), codes, strict=False)
        threads = [threading.Thread(target=enter, args=pair) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(statuses) == [200, 401]
        left = client.get("/api/auth/factors").get_json()["recovery_codes_left"]
        assert left == 9, "the code of the one who was late is not used up"

    @pytest.mark.parametrize(
        "body", [{}, {"code": "123456", "recovery_code": "A"}, {"code": None}, {"sms": "1"}]
    )
    def test_takes_exactly_one_proof(self, app, person, body):
        assert (
            begin_login(app, person[0]).post("/api/auth/login/second-factor", json=body).status_code
            == 422
        )

    def test_another_site_cannot_send_it(self, app, person, clock):
        browser = begin_login(app, person[0])
        answer = browser.post(
            "/api/auth/login/second-factor",
            json={"code": code_of(person[1], clock)},
            headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        )
        assert answer.status_code == 403
