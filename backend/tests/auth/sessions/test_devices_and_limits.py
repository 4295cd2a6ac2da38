"""Where one is signed in: how many, from where, and what its owner is told about a new one."""

import pytest
from sqlalchemy import select

from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth import public
from ultra.auth.sessions.cookies import ACCESS_COOKIE, DEVICE_COOKIE
from ultra.auth.sessions.models import EndReason, SignInSession
from ultra.auth.sessions.places import name_place
from ultra.kit.db import read_only
from ultra.kit.redis import redis
from ultra.settings import settings

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def log_in(browser, person, ip="127.0.0.1"):
    credentials = {"email": person.user["email"], "password": PASSWORD}
    answer = browser.post(
        "/api/auth/login",
        json=credentials,
        headers={"User-Agent": FIREFOX},
        environ_base={"REMOTE_ADDR": ip},
    )
    assert answer.status_code == 200
    return browser


def reasons():
    with read_only() as session:
        query = select(SignInSession.end_reason).order_by(SignInSession.created_at)
        return session.scalars(query).all()


@pytest.fixture(autouse=True)
def _empty_mailbox(stack):
    mail.throw_away()
    yield
    mail.throw_away()


class TestNumber:
    def test_the_oldest_ends_beyond_twenty(self, client, app):
        person = sign_up(client)
        browsers = [log_in(as_browser(app), person) for _ in range(20)]
        answer = client.get("/api/auth/me")
        assert (answer.status_code, answer.get_json()["code"]) == (401, "session_ended")
        assert [each.get("/api/auth/me").status_code for each in browsers] == [200] * 20
        assert reasons() == [EndReason.TOO_MANY] + [None] * 20

    def test_is_a_setting(self, client, app, monkeypatch):
        monkeypatch.setattr(settings.auth, "max_sessions", 2)
        person = sign_up(client)
        for _ in range(3):
            log_in(as_browser(app), person)
        assert reasons().count(None) == 2


class TestFixation:
    def test_a_sign_in_ends_the_session_that_the_browser_had(self, client):
        person = sign_up(client)
        refresh_token = client.get_cookie(public.REFRESH_COOKIE).value
        log_in(client, person)
        assert client.get_cookie(public.REFRESH_COOKIE).value != refresh_token
        with pytest.raises(public.SessionEnded):
            public.identify(person.token)
        assert reasons() == [EndReason.REPLACED, None]

    def test_planted_cookies_do_not_become_the_victim_s_session(self, client, app):
        attacker = sign_up(client)
        victim = sign_up(as_browser(app))
        planted = as_browser(app)
        for name in (public.ACCESS_COOKIE, public.REFRESH_COOKIE, DEVICE_COOKIE):
            planted.set_cookie(name, client.get_cookie(name).value)
        log_in(planted, victim)
        me = planted.get("/api/auth/me").get_json()
        assert me["user"]["id"] == victim.user["id"]
        for name in (ACCESS_COOKIE, public.REFRESH_COOKIE, DEVICE_COOKIE):
            assert planted.get_cookie(name).value != client.get_cookie(name).value
        # What the attacker holds leads nowhere, and never to the victim.
        assert client.get("/api/auth/me").status_code == 401
        assert client.post("/api/auth/refresh").status_code == 401
        assert attacker.user["id"] != victim.user["id"]


class TestNewDevice:
    def test_its_owner_is_told_once(self, client, app):
        person = sign_up(client)
        phone = log_in(as_browser(app), person, ip="203.0.113.9")
        for browser in (phone, client):
            browser.post("/api/auth/logout")
            log_in(browser, person)
        news = [each for each in mail.letters(person.user["email"]) if "device" in each["Subject"]]
        assert [each["Subject"] for each in news] == ["Sign-in from a new device"]
        assert "Firefox · Linux, IP address 203.0.113.9" in mail.text_of(news[0])

    def test_the_first_one_is_no_news(self, client):
        person = sign_up(client)
        assert mail.subjects(person.user["email"]) == ["Verify your e-mail address"]


class TestTheft:
    def test_its_owner_is_told_once_of_a_token_that_came_again(self, client, app):
        person = sign_up(client)
        stolen = client.get_cookie(public.REFRESH_COOKIE).value
        for _ in range(2):
            client.post("/api/auth/refresh")
        for _ in range(2):
            thief = as_browser(app)
            thief.set_cookie(public.REFRESH_COOKIE, stolen)
            assert thief.post("/api/auth/refresh").status_code == 401
        found = mail.subjects(person.user["email"])
        assert found.count("We ended one of your sessions to be safe") == 1


class TestRefresh:
    def test_too_often_is_refused_and_the_token_stays_good(self, client):
        sign_up(client)
        found = [client.post("/api/auth/refresh").status_code for _ in range(31)]
        assert found == [200] * 30 + [429]
        redis.flushdb()
        assert client.post("/api/auth/refresh").status_code == 200


class TestPlaces:
    @pytest.mark.parametrize(
        ("ip", "own", "place"),
        [
            ("203.0.113.9", "203.0.113.200", "This network"),
            ("203.0.113.9", "198.51.100.7", "203.0.113.0/24"),
            ("2001:db8:1:200::1", "2001:db8:1:2ff::9", "This network"),
            ("2001:db8:1:200::1", "2001:db8:1:300::9", "2001:db8:1:200::/56"),
            ("::ffff:203.0.113.9", "203.0.113.1", "This network"),
            ("", "203.0.113.1", "Unknown place"),
        ],
    )
    def test_are_no_more_than_a_network(self, ip, own, place):
        assert name_place(ip, own, "en") == place

    def test_stand_in_the_list(self, client, app):
        person = sign_up(client)
        log_in(as_browser(app), person, ip="203.0.113.9")
        items = client.get("/api/auth/sessions").get_json()["items"]
        assert [item["place"] for item in items] == ["203.0.113.0/24", "This network"]
