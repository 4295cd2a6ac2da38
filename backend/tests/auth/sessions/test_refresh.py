"""Refresh tokens: each is used once; races and lost answers are no thefts, a theft ends all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from tests.factories.auth import as_browser, sign_up
from ultra.auth import public
from ultra.auth.sessions import refresh_tokens
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.models import EndReason, RefreshToken, SignInSession
from ultra.kit.db import read_only, transaction
from ultra.kit.redis import redis


def token_of(browser):
    return browser.get_cookie(public.REFRESH_COOKIE).value


def use(app, token):
    """A refresh in a browser that holds nothing but this token; the browser and the answer."""
    browser = as_browser(app)
    browser.set_cookie(public.REFRESH_COOKIE, token)
    return browser, browser.post("/api/auth/refresh")


def let_pass(**time):
    """Move everything that was rotated into the past."""
    with transaction() as session:
        session.execute(
            update(RefreshToken)
            .where(RefreshToken.rotated_at.is_not(None))
            .values(rotated_at=RefreshToken.rotated_at - timedelta(**time))
        )


def newest_generation():
    with read_only() as session:
        return session.scalar(select(func.max(RefreshToken.generation)))


def end_reason():
    with read_only() as session:
        return session.scalars(select(SignInSession.end_reason)).one()


def assert_family_is_dead(app, *tokens, access):
    for token in tokens:
        _, answer = use(app, token)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "session_ended")
    assert end_reason() is EndReason.TOKEN_REUSED
    with pytest.raises(public.SessionEnded):
        public.identify(access)


class TestRefresh:
    def test_gives_new_tokens_for_the_same_session(self, client):
        person = sign_up(client)
        before = token_of(client)
        answer = client.post("/api/auth/refresh")
        assert answer.status_code == 200
        body = answer.get_json()
        assert (body["user"], body["workspace"]) == (person.user, person.workspace)
        assert body["token"] != person.token
        assert token_of(client) != before
        old, new = public.identify(person.token), public.identify(body["token"])
        assert old == new

    def test_needs_the_cookie(self, client):
        answer = client.post("/api/auth/refresh")
        assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")

    def test_an_unknown_token_loses_its_cookie(self, client, app):
        browser, answer = use(app, "x" * 43)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "session_ended")
        assert browser.get_cookie(public.REFRESH_COOKIE) is None

    def test_a_lost_answer_is_asked_for_again(self, client, app):
        sign_up(client)
        lost = token_of(client)
        with transaction() as session:
            opened = sessions.refresh(session, lost)
        _, answer = use(app, lost)
        assert answer.status_code == 200
        _, answer = use(app, opened.refresh_token)
        assert answer.status_code == 200
        assert newest_generation() == 3

    def test_the_second_of_two_tabs_gets_the_same_successor(self, client, app):
        sign_up(client)
        shared = token_of(client)
        first, _ = use(app, shared)
        second, _ = use(app, shared)
        assert token_of(first) == token_of(second) != shared
        assert newest_generation() == 2

    def test_a_lost_answer_survives_a_redis_that_lost_everything(self, client, app):
        sign_up(client)
        shared = token_of(client)
        first, _ = use(app, shared)
        redis.flushdb()
        second, answer = use(app, shared)
        assert answer.status_code == 200
        assert token_of(first) == token_of(second)

    def test_fifty_at_once_make_one_step_and_all_go_on(self, client, app):
        sign_up(client)
        shared = token_of(client)
        latch = Barrier(50)

        def race(_):
            browser = as_browser(app)
            browser.set_cookie(public.REFRESH_COOKIE, shared)
            latch.wait()
            answer = browser.post("/api/auth/refresh")
            return answer.status_code, token_of(browser), browser.get("/api/auth/me").status_code

        with ThreadPoolExecutor(50) as threads:
            results = set(threads.map(race, range(50)))
        assert len(results) == 1
        status, successor, me = results.pop()
        assert (status, me) == (200, 200)
        assert newest_generation() == 2
        assert use(app, successor)[1].status_code == 200

    def test_the_grace_counter_counts(self, client, app):
        sign_up(client)
        before = refresh_tokens.GRACE._value.get()
        shared = token_of(client)
        use(app, shared)
        use(app, shared)
        assert refresh_tokens.GRACE._value.get() == before + 1


class TestTheft:
    def test_a_token_used_again_after_the_grace_time_ends_the_session(self, client, app):
        person = sign_up(client)
        stolen = token_of(client)
        owner, _ = use(app, stolen)
        let_pass(seconds=31)
        assert_family_is_dead(app, stolen, token_of(owner), access=person.token)

    def test_within_the_grace_time_nothing_ends(self, client, app):
        sign_up(client)
        shared = token_of(client)
        use(app, shared)
        let_pass(seconds=25)
        assert use(app, shared)[1].status_code == 200

    def test_a_token_whose_successor_was_used_ends_the_session_at_once(self, client, app):
        person = sign_up(client)
        grandparent = token_of(client)
        owner, _ = use(app, grandparent)
        owner, _ = use(app, token_of(owner))
        assert_family_is_dead(app, grandparent, token_of(owner), access=person.token)

    def test_only_the_robbed_session_ends(self, client, app):
        person = sign_up(client)
        other = as_browser(app)
        credentials = {"email": person.user["email"], "password": person.password}
        other.post("/api/auth/login", json=credentials)
        stolen = token_of(client)
        use(app, stolen)
        let_pass(seconds=31)
        use(app, stolen)
        assert client.get("/api/auth/me").status_code == 401
        assert other.get("/api/auth/me").status_code == 200

    def test_the_database_alone_cannot_tell_a_token(self, client, app):
        sign_up(client)
        first = token_of(client)
        browser, _ = use(app, first)
        with read_only() as session:
            rows = session.scalars(select(RefreshToken)).all()
        everything = b"".join(row.digest + (row.sealed_successor or b"") for row in rows)
        for token in (first, token_of(browser)):
            assert token.encode() not in everything


class TestExpiry:
    @pytest.mark.parametrize("is_refreshed", [True, False])
    def test_an_idle_session_ends_after_14_days_and_a_used_one_goes_on(
        self, client, app, is_refreshed
    ):
        sign_up(client)
        for _ in range(2):
            self.shift(timedelta(days=8))
            if is_refreshed:
                assert client.post("/api/auth/refresh").status_code == 200
        expected = 200 if is_refreshed else 401
        assert client.post("/api/auth/refresh").status_code == expected

    def test_no_session_outlives_30_days(self, client):
        sign_up(client)
        for _ in range(4):
            self.shift(timedelta(days=7))
            assert client.post("/api/auth/refresh").status_code == 200
        self.shift(timedelta(days=2, seconds=1))
        assert client.post("/api/auth/refresh").status_code == 401

    @staticmethod
    def shift(time):
        """Let time pass for the session."""
        with transaction() as session:
            session.execute(
                update(SignInSession).values(
                    expires_at=SignInSession.expires_at - time,
                    absolute_expires_at=SignInSession.absolute_expires_at - time,
                )
            )
