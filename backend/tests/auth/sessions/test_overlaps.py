"""A sign-in under way while its person is being shut out: nobody slips through between the two."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth import public
from ultra.auth.people import service as people
from ultra.auth.sessions import access_tokens
from ultra.auth.sessions import service as sessions
from ultra.auth.users import service as users
from ultra.auth.users.errors import AccountChanged, AccountDisabled
from ultra.kit.db import engine, transaction

DEVICE = sessions.Device("curl", "127.0.0.1")


@pytest.fixture
def person(client, app):
    """Not the first one of all, who is the only operator."""
    sign_up(client)
    return sign_up(as_browser(app))


@pytest.fixture(params=["reset", "close"])
def shut_out(request, person, app):
    """Does so in a transaction of its own."""
    if request.param == "close":

        def close():
            with transaction() as session:
                people.close(session, None, person.user_id, "x")

        return close
    browser, email = as_browser(app), person.user["email"]
    browser.post("/api/auth/password/forgot", json={"email": email})
    body = {"token": mail.token_in(mail.newest(email)), "new_password": "yepyeni bir şifre"}

    def reset():
        assert browser.post("/api/auth/password/reset", json=body).status_code == 204

    return reset


def open_session(session, person, epoch):
    return sessions.open_session(
        session, person.user_id, person.workspace_id, DEVICE, methods=["password"], epoch=epoch
    )


def wait_until_done_or_waiting(work):
    """For another transaction's lock."""
    waits = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
    until = monotonic() + 20
    while monotonic() < until and not work.done():
        with engine.connect() as connection:
            if connection.scalar(waits):
                return
        sleep(0.05)


def test_whoever_came_first_is_out_again(person, shut_out, app):
    proof = users.prove(users.seek(person.user["email"]), PASSWORD)
    with ThreadPoolExecutor(1) as threads:
        with transaction() as session:
            user = users.accept(session, proof)
            shutting = threads.submit(shut_out)
            wait_until_done_or_waiting(shutting)
            opened = open_session(session, person, user.credential_epoch)
        shutting.result(20)
    token = access_tokens.issue(opened.user_id, opened.session_id)
    with pytest.raises(public.SessionEnded):
        public.identify(token)
    thief = as_browser(app)
    thief.set_cookie(public.REFRESH_COOKIE, opened.refresh_token)
    assert thief.post("/api/auth/refresh").status_code == 401


def test_whoever_comes_later_does_not_get_in(person, shut_out):
    with transaction() as session:
        # The row as it was, which the session goes on knowing.
        user = users.get(session, person.user_id)
        shut_out()
        with pytest.raises((AccountChanged, AccountDisabled)):
            open_session(session, person, user.credential_epoch)


def test_a_proof_of_an_earlier_transaction_counts_no_more(person, shut_out):
    shut_out()
    with pytest.raises((AccountChanged, AccountDisabled)), transaction() as session:
        open_session(session, person, 0)
