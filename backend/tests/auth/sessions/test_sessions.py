"""The list of sessions, ending them, and what happens when Redis forgets or falls silent."""

from datetime import timedelta
from time import sleep
from uuid import uuid4

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import event, func, select, update

from tests.auth.factors.people import let_time_pass_since_sign_in
from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth import public
from ultra.auth.sessions import records, tasks
from ultra.auth.sessions.models import RefreshToken, SignInSession
from ultra.gateway.app import create_app
from ultra.kit.clock import now
from ultra.kit.db import engine, read_only, transaction
from ultra.kit.redis import redis
from ultra.kit.roles import Role
from ultra.settings import settings

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def sign_in(app, person, **headers):
    browser = as_browser(app)
    credentials = {"email": person.user["email"], "password": person.password}
    answer = browser.post("/api/auth/login", json=credentials, headers=headers)
    assert answer.status_code == 200
    return browser


def session_id(browser):
    return browser.get("/api/auth/me").get_json()["session_id"]


@pytest.fixture
def nowhere():
    """A Redis where nobody answers."""
    found = Redis(
        unix_socket_path="/nonexistent/redis.sock",
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
    yield found
    found.close()


@pytest.fixture
def silent_redis(monkeypatch, nowhere):
    """Session records ask it."""
    monkeypatch.setattr(records, "redis", nowhere)


@pytest.fixture
def statements(database):
    """The SQL that is sent from now on."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


class TestList:
    def test_shows_devices_and_which_one_this_is(self, client, app):
        person = sign_up(client)
        firefox = sign_in(app, person, **{"User-Agent": FIREFOX})
        silent = sign_in(app, person, **{"User-Agent": ""})
        items = firefox.get("/api/auth/sessions").get_json()["items"]
        assert [(item["device"], item["is_current"]) for item in items] == [
            ("Unknown device", False),
            ("Firefox · Linux", True),
            ("Werkzeug", False),
        ]
        assert {item["ip"] for item in items} == {"127.0.0.1"}
        assert items[0]["id"] == session_id(silent)

    def test_believes_only_the_trusted_proxies_about_addresses(self, client, app, monkeypatch):
        person = sign_up(client)
        forged = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
        sign_in(app, person, **forged)
        monkeypatch.setattr(settings.gateway, "trusted_proxies", 1)
        sign_in(create_app(services=["auth"]), person, **forged)
        items = client.get("/api/auth/sessions").get_json()["items"]
        assert [item["ip"] for item in items] == ["198.51.100.7", "127.0.0.1", "127.0.0.1"]

    def test_comes_in_pages(self, client, app):
        person = sign_up(client)
        for _ in range(4):
            sign_in(app, person)
        found, cursor = [], ""
        while cursor is not None:
            page = client.get(f"/api/auth/sessions?limit=2&cursor={cursor}").get_json()
            found += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert len(found) == len(set(found)) == 5

    def test_leaves_out_what_has_ended_and_what_belongs_to_others(self, client, app):
        person = sign_up(client)
        sign_up(as_browser(app))
        sign_in(app, person).post("/api/auth/logout")
        assert len(client.get("/api/auth/sessions").get_json()["items"]) == 1

    def test_last_seen_is_written_at_most_once_a_minute(self, client, statements):
        sign_up(client)
        for _ in range(3):
            client.get("/api/auth/me")
        writes = [line for line in statements if line.startswith("UPDATE sessions")]
        assert len(writes) == 1


class TestEnd:
    def test_signs_one_device_out(self, client, app):
        person = sign_up(client)
        phone = sign_in(app, person)
        assert client.delete(f"/api/auth/sessions/{session_id(phone)}").status_code == 204
        answer = phone.get("/api/auth/me")
        assert (answer.status_code, answer.get_json()["code"]) == (401, "session_ended")
        assert phone.post("/api/auth/refresh").status_code == 401
        assert client.get("/api/auth/me").status_code == 200

    def test_another_person_s_session_is_not_found(self, client, app):
        sign_up(client)
        stranger = as_browser(app)
        sign_up(stranger)
        for unknown in (session_id(client), str(uuid4()), "not-an-id"):
            answer = stranger.delete(f"/api/auth/sessions/{unknown}")
            assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")
        assert client.get("/api/auth/me").status_code == 200

    def test_a_session_that_ended_a_while_ago_is_not_found(self, client, app):
        person = sign_up(client)
        phone = sign_in(app, person)
        path = f"/api/auth/sessions/{session_id(phone)}"
        # At first it may be asked for again: the answer may have been lost.
        assert [client.delete(path).status_code for _ in range(2)] == [204, 204]
        with transaction() as session:
            age = records.marked_for()
            session.execute(update(SignInSession).values(ended_at=SignInSession.ended_at - age))
        assert client.delete(path).status_code == 404

    @pytest.mark.parametrize("how", ["all others", "one"])
    def test_what_redis_missed_is_told_by_asking_again(
        self, client, app, nowhere, monkeypatch, how
    ):
        path, phone = self.end_while_redis_is_away(client, app, nowhere, monkeypatch, how)
        assert phone.get("/api/auth/me").status_code == 200, "Redis knows nothing of it yet"
        assert client.delete(path).status_code == 204
        assert phone.get("/api/auth/me").status_code == 401

    @pytest.mark.parametrize("how", ["all others", "one", "own"])
    def test_what_redis_missed_is_told_by_a_job(self, client, app, nowhere, monkeypatch, how):
        _, phone = self.end_while_redis_is_away(client, app, nowhere, monkeypatch, how)
        mail.deliver()
        assert phone.get("/api/auth/me").status_code == 401

    @staticmethod
    def end_while_redis_is_away(client, app, nowhere, monkeypatch, how):
        phone = sign_in(app, sign_up(client))
        phone_id = session_id(phone)
        path = "/api/auth/sessions" if how == "all others" else f"/api/auth/sessions/{phone_id}"
        with monkeypatch.context() as away:
            away.setattr(records, "redis", nowhere)
            assert (phone if how == "own" else client).delete(path).status_code == 503
        return path, phone

    def test_ending_the_present_one_takes_its_cookies(self, client):
        sign_up(client)
        client.delete(f"/api/auth/sessions/{session_id(client)}")
        assert client.get_cookie(public.ACCESS_COOKIE) is None
        assert client.get("/api/auth/me").get_json()["code"] == "not_signed_in"

    def test_ends_all_others(self, client, app):
        person = sign_up(client)
        others = [sign_in(app, person) for _ in range(2)]
        assert client.delete("/api/auth/sessions").status_code == 204
        assert [each.get("/api/auth/me").status_code for each in others] == [401, 401]
        assert client.get("/api/auth/me").status_code == 200

    def test_needs_a_recent_proof_save_for_one_s_own(self, client, app):
        person = sign_up(client)
        phone = sign_in(app, person)
        other, own = session_id(phone), session_id(client)
        let_time_pass_since_sign_in()
        for path in (f"/api/auth/sessions/{other}", "/api/auth/sessions"):
            answer = client.delete(path)
            assert (answer.status_code, answer.get_json()["code"]) == (403, "step_up_needed")
        assert phone.get("/api/auth/me").status_code == 200
        proof = {"password": PASSWORD}
        assert client.post("/api/auth/step-up", json=proof).status_code == 204
        assert client.delete("/api/auth/sessions").status_code == 204
        assert phone.get("/api/auth/me").status_code == 401
        let_time_pass_since_sign_in()
        assert client.delete(f"/api/auth/sessions/{own}").status_code == 204


class TestLogout:
    def test_ends_the_session_and_takes_the_cookies(self, client, app):
        person = sign_up(client)
        refresh_token = client.get_cookie(public.REFRESH_COOKIE).value
        assert client.post("/api/auth/logout").status_code == 204
        assert client.get_cookie(public.ACCESS_COOKIE) is None
        assert client.get_cookie(public.REFRESH_COOKIE) is None
        with pytest.raises(public.SessionEnded):
            public.identify(person.token)
        thief = as_browser(app)
        thief.set_cookie(public.REFRESH_COOKIE, refresh_token)
        assert thief.post("/api/auth/refresh").status_code == 401

    def test_works_with_a_bearer_alone_and_without_anything(self, client, app):
        person = sign_up(client)
        script = app.test_client()
        assert script.post("/api/auth/logout", headers=person.headers).status_code == 204
        assert client.get("/api/auth/me").status_code == 401
        assert script.post("/api/auth/logout").status_code == 204

    def test_works_when_only_the_refresh_cookie_is_left(self, client):
        person = sign_up(client)
        client.delete_cookie(public.ACCESS_COOKIE)
        assert client.post("/api/auth/logout").status_code == 204
        with pytest.raises(public.SessionEnded):
            public.identify(person.token)


class TestPassword:
    def test_a_new_one_ends_the_other_sessions(self, client, app):
        person = sign_up(client)
        phone = sign_in(app, person)
        change = {"current_password": PASSWORD, "new_password": "yepyeni bir şifre"}
        assert client.post("/api/auth/password", json=change).status_code == 204
        assert phone.get("/api/auth/me").status_code == 401
        assert client.get("/api/auth/me").status_code == 200
        credentials = {"email": person.user["email"], "password": PASSWORD}
        assert phone.post("/api/auth/login", json=credentials).status_code == 401
        credentials["password"] = "yepyeni bir şifre"
        assert phone.post("/api/auth/login", json=credentials).status_code == 200

    def test_needs_the_current_one(self, client):
        sign_up(client)
        change = {"current_password": "yanlış", "new_password": "yepyeni bir şifre"}
        answer = client.post("/api/auth/password", json=change)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "wrong_password")

    def test_must_be_long_enough(self, client):
        sign_up(client)
        change = {"current_password": PASSWORD, "new_password": "kısa"}
        answer = client.post("/api/auth/password", json=change)
        assert answer.get_json()["errors"][0]["field"] == "new_password"


class TestRedis:
    def test_a_normal_request_asks_the_database_nothing(self, client, statements):
        person = sign_up(client)
        public.identify(person.token)
        statements.clear()
        for _ in range(5):
            public.identify(person.token)
        assert statements == []

    def test_its_loss_signs_nobody_out(self, client):
        person = sign_up(client)
        redis.flushdb()
        assert client.get("/api/auth/me").status_code == 200
        actor = public.identify(person.token)
        life = redis.ttl(f"sess:{actor.session_id}")
        assert 24 * 3600 - 60 < life <= 24 * 3600

    def test_its_loss_brings_no_ended_session_back(self, client):
        person = sign_up(client)
        client.post("/api/auth/logout")
        redis.flushdb()
        with pytest.raises(public.SessionEnded):
            public.identify(person.token)

    def test_a_rebuild_under_way_does_not_revive_a_session(self, client):
        person = sign_up(client)
        actor = public.identify(person.token)
        client.post("/api/auth/logout")
        record = records.Record(
            actor.user_id,
            actor.workspace_id,
            Role.OWNER,
            is_operator=False,
            authenticated_at=now(),
            lacks_second_factor=False,
        )
        records.keep(actor.session_id, record, longest=timedelta(days=1))
        with pytest.raises(public.SessionEnded):
            public.identify(person.token)

    def test_a_change_is_over_at_its_time_however_often_one_asks_meanwhile(
        self, client, statements, monkeypatch
    ):
        monkeypatch.setattr(records, "CHANGED_SECONDS", 1)
        person = sign_up(client)
        assert client.post("/api/auth/step-up", json={"password": PASSWORD}).status_code == 204
        for _ in range(3):
            public.identify(person.token)
            sleep(0.5)
        public.identify(person.token)
        statements.clear()
        public.identify(person.token)
        assert statements == []

    def test_a_refresh_lets_the_record_live_on(self, client):
        person = sign_up(client)
        key = f"sess:{public.identify(person.token).session_id}"
        redis.expire(key, 100)
        client.post("/api/auth/refresh")
        assert redis.ttl(key) > 24 * 3600 - 60

    def test_while_it_is_silent_people_stay_signed_in_and_can_sign_in(
        self, client, app, silent_redis
    ):
        person = sign_up(client)
        assert client.get("/api/auth/me").status_code == 200
        assert sign_in(app, person).post("/api/auth/refresh").status_code == 200

    def test_while_it_is_silent_a_logout_is_not_confirmed(self, client, silent_redis):
        person = sign_up(client)
        assert client.post("/api/auth/logout").status_code == 503
        with pytest.raises(public.SessionEnded):
            public.identify(person.token)


class TestRemoveExpired:
    def test_removes_what_is_of_no_use_and_nothing_else(self, client, app):
        person = sign_up(client)
        sign_in(app, person)
        client.post("/api/auth/refresh")
        tasks.remove_expired_sessions()
        assert self.count(SignInSession) == 2
        assert self.count(RefreshToken) == 3

        with transaction() as session:
            session.execute(
                update(RefreshToken).values(
                    issued_at=RefreshToken.issued_at - timedelta(days=15),
                    rotated_at=RefreshToken.rotated_at - timedelta(days=15),
                )
            )
        tasks.remove_expired_sessions()
        assert self.count(RefreshToken) == 2
        assert client.post("/api/auth/refresh").status_code == 200

        sign_in(app, person).post("/api/auth/logout")
        with transaction() as session:
            session.execute(
                update(SignInSession).values(ended_at=SignInSession.ended_at - timedelta(days=8))
            )
        tasks.remove_expired_sessions()
        assert self.count(SignInSession) == 2

    def test_forgets_successors_when_the_grace_time_is_over(self, client):
        sign_up(client)
        client.post("/api/auth/refresh")
        with transaction() as session:
            session.execute(
                update(RefreshToken).values(
                    rotated_at=RefreshToken.rotated_at - timedelta(seconds=31)
                )
            )
        tasks.remove_expired_sessions()
        with read_only() as session:
            assert session.scalars(select(RefreshToken.sealed_successor)).all() == [None, None]

    @staticmethod
    def count(table):
        with read_only() as session:
            return session.scalar(select(func.count()).select_from(table))
