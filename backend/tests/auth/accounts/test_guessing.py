"""How often a password may be guessed, and that guessing locks nobody out."""

from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

import pytest

from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth.sessions.cookies import DEVICE_COOKIE
from ultra.auth.users import passwords
from ultra.kit.redis import redis
from ultra.settings import settings


def log_in(browser, person, password=PASSWORD, ip="198.51.100.7"):
    credentials = {"email": person.user["email"], "password": password}
    return browser.post(
        "/api/auth/login", json=credentials, environ_base={"REMOTE_ADDR": ip}
    ).status_code


class TestStrangeDevices:
    def test_five_wrong_ones_make_strange_devices_wait(self, client, app):
        person = sign_up(client)
        found = [log_in(as_browser(app), person, "yanlış") for _ in range(6)]
        assert found == [401] * 5 + [429]
        # From anywhere, and with the right one as well: else the answer would tell.
        assert log_in(as_browser(app), person, ip="203.0.113.9") == 429

    def test_says_when_to_come_back(self, client, app):
        person = sign_up(client)
        for _ in range(5):
            log_in(as_browser(app), person, "yanlış")
        credentials = {"email": person.user["email"], "password": PASSWORD}
        answer = as_browser(app).post("/api/auth/login", json=credentials)
        assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60

    def test_an_unknown_address_is_bounded_in_the_same_way(self, client, app):
        credentials = {"email": "kimse@example.com", "password": "yanlış"}
        found = [
            as_browser(app).post("/api/auth/login", json=credentials).status_code for _ in range(6)
        ]
        assert found == [401] * 5 + [429]

    def test_a_right_one_gives_the_tries_back(self, client, app):
        person = sign_up(client)
        for _ in range(3):
            found = [log_in(as_browser(app), person, "yanlış") for _ in range(4)]
            assert found == [401] * 4
            assert log_in(as_browser(app), person) == 200

    def test_many_at_once_get_no_more_tries(self, client, app, monkeypatch):
        monkeypatch.setattr(passwords, "_slots", BoundedSemaphore(20))
        person = sign_up(client)
        with ThreadPoolExecutor(20) as threads:
            found = sorted(
                threads.map(lambda _: log_in(as_browser(app), person, "yanlış"), range(20))
            )
        assert found == [401] * 5 + [429] * 15

    def test_one_network_may_not_try_all_accounts(self, client, app, monkeypatch):
        monkeypatch.setattr(settings.limits, "login_address", "30/minute")
        found = [
            as_browser(app)
            .post("/api/auth/login", json={"email": f"a{number}@example.com", "password": "x"})
            .status_code
            for number in range(31)
        ]
        assert found == [401] * 30 + [429]


class TestKnownDevice:
    def test_a_thousand_wrong_ones_from_elsewhere_do_not_lock_its_owner_out(self, client, app):
        person = sign_up(client)
        client.post("/api/auth/logout")
        for number in range(1000):
            guesser = as_browser(app)
            # From the owner's own network as well.
            ip = "198.51.100.7" if number % 2 else f"203.0.113.{number % 250}"
            assert log_in(guesser, person, f"yanlış {number}", ip) in {401, 429}
        assert log_in(as_browser(app), person) == 429
        assert log_in(client, person) == 200

    def test_has_a_bound_of_its_own(self, client):
        person = sign_up(client)
        found = [log_in(client, person, "yanlış") for _ in range(11)]
        assert found == [401] * 10 + [429]

    def test_nobody_can_make_themselves_one(self, client, app):
        person = sign_up(client)
        other = as_browser(app)
        sign_up(other)
        own = client.get_cookie(DEVICE_COOKIE).value
        foreign = other.get_cookie(DEVICE_COOKIE).value
        mixed = ".".join([foreign.split(".")[0], *own.split(".")[1:]])
        for forged in (foreign, mixed, own[:-1] + "_", "x" * 45, "", "ç."):
            browser = as_browser(app)
            browser.set_cookie(DEVICE_COOKIE, forged)
            for _ in range(5):
                log_in(browser, person, "yanlış")
            assert log_in(browser, person) == 429, forged
            redis.flushdb()

    def test_stays_one_for_several_people_who_share_it(self, client, app):
        people = [sign_up(as_browser(app)) for _ in range(3)]
        shared = as_browser(app)
        for person in people:
            assert log_in(shared, person) == 200
            shared.post("/api/auth/logout")
        for person in people:
            for _ in range(6):
                log_in(as_browser(app), person, "yanlış")
            assert log_in(shared, person) == 200

    def test_its_cookie_is_out_of_reach_for_scripts_and_outlives_a_logout(self, client):
        sign_up(client)
        client.post("/api/auth/logout")
        cookie = client.get_cookie(DEVICE_COOKIE)
        assert cookie.http_only
        assert cookie.same_site == "Lax"


class TestStepUp:
    def test_wrong_passwords_of_a_stolen_session_are_bounded(self, client):
        sign_up(client)
        found = [
            client.post("/api/auth/step-up", json={"password": "yanlış"}).status_code
            for _ in range(11)
        ]
        assert found == [403] * 10 + [429]
        change = {"current_password": PASSWORD, "new_password": "yepyeni bir şifre"}
        assert client.post("/api/auth/password", json=change).status_code == 429

    @pytest.mark.parametrize("body", [{}, {"password": PASSWORD, "totp": "123456"}])
    def test_takes_one_proof(self, client, body):
        sign_up(client)
        assert client.post("/api/auth/step-up", json=body).status_code == 422

    def test_needs_somebody_who_is_signed_in(self, client):
        answer = client.post("/api/auth/step-up", json={"password": PASSWORD})
        assert answer.status_code == 401
