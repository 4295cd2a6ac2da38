"""Another address for an account: shown to be read first, and undone by the old one's owner."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth.factors.models import Passkey, RecoveryCode, TotpSecret
from ultra.auth.oauth.models import Identity
from ultra.auth.sessions.models import SignInSession
from ultra.auth.tokens.models import OneTimeToken, Purpose
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.redis import redis

OLD, NEW, THIEF = "eski@example.com", "yeni@example.com", "hirsiz@example.com"


def post(client, path, **body):
    answer = client.post(f"/api/auth/{path}", json=body)
    return answer.status_code, (answer.get_json(silent=True) or {}).get("code")


def address(client):
    return client.get("/api/auth/me").get_json()["user"]["email"]


def verified_person(client, email=OLD):
    person = sign_up(client, email=email)
    token = mail.token_in(mail.newest(email))
    assert post(client, "verification/confirm", token=token) == (204, None)
    return person


def move_to(client, email):
    assert post(client, "email", new_email=email) == (202, None)
    assert post(client, "email/confirm", token=mail.token_in(mail.newest(email))) == (204, None)


def let_time_pass(**time):
    """Since everybody who is signed in proved who they are."""
    with transaction() as session:
        session.execute(update(SignInSession).values(authenticated_at=now() - timedelta(**time)))
    redis.flushdb()


def add_ways_in(person, at, age=timedelta(0)):
    """A passkey and a Google account, and from the thief an authenticator app as well."""
    made_at = now() - age
    with transaction() as session:
        session.add(
            Passkey(
                user_id=person.user_id,
                credential_id=at.encode(),
                public_key=b"",
                name=at,
                aaguid=person.user_id,
                transports=[],
                sign_count=0,
                is_backup_eligible=False,
                is_backed_up=False,
                created_at=made_at,
            )
        )
        session.add(
            Identity(
                provider="google",
                subject=at,
                user_id=person.user_id,
                email="a@example.com",
                linked_at=made_at,
            )
        )
        if at == "new":
            session.add(TotpSecret(user_id=person.user_id, sealed_secret=b"", confirmed_at=now()))
    return [at]


class TestChange:
    def test_counts_once_the_new_address_was_shown_to_be_read(self, client, app):
        verified_person(client)
        assert post(client, "email", new_email=NEW) == (202, None)
        assert address(client) == OLD
        letter = mail.newest(NEW)
        assert letter["Subject"] == "Confirm your new address"
        assert post(as_browser(app), "email/confirm", token=mail.token_in(letter)) == (204, None)
        assert address(client) == NEW
        assert client.get("/api/auth/me").get_json()["user"]["is_email_verified"]
        assert mail.subjects(OLD)[-1] == "The address of your account has changed"
        for email, status in ((OLD, 401), (NEW, 200)):
            assert post(as_browser(app), "login", email=email, password=PASSWORD)[0] == status

    def test_needs_a_recent_proof(self, client):
        verified_person(client)
        let_time_pass(minutes=11)
        assert post(client, "email", new_email=NEW) == (403, "step_up_needed")
        assert post(client, "step-up", password=PASSWORD) == (204, None)
        assert post(client, "email", new_email=NEW) == (202, None)

    def test_only_the_latest_one_asked_for_works(self, client):
        verified_person(client)
        post(client, "email", new_email=THIEF)
        first = mail.token_in(mail.newest(THIEF))
        post(client, "email", new_email=NEW)
        assert post(client, "email/confirm", token=first) == (409, "link_not_valid")
        assert post(client, "email/confirm", token=mail.token_in(mail.newest(NEW))) == (204, None)

    def test_of_many_who_follow_the_link_at_the_same_time_one_does_it(self, client, app):
        verified_person(client)
        post(client, "email", new_email=NEW)
        token = mail.token_in(mail.newest(NEW))
        with ThreadPoolExecutor(8) as threads:
            found = sorted(
                threads.map(lambda _: post(as_browser(app), "email/confirm", token=token), range(8))
            )
        assert found == [(204, None)] + [(409, "link_not_valid")] * 7

    def test_tells_nobody_but_its_owner_that_an_address_is_taken(self, client, app):
        verified_person(as_browser(app), NEW)
        verified_person(client)
        assert post(client, "email", new_email=NEW.upper()) == (202, None)
        assert mail.subjects(NEW)[-1] == "You already have an account"
        assert address(client) == OLD

    def test_an_address_taken_meanwhile_is_refused(self, client, app):
        verified_person(client)
        post(client, "email", new_email=NEW)
        token = mail.token_in(mail.newest(NEW))
        sign_up(as_browser(app), email=NEW)
        assert post(client, "email/confirm", token=token) == (409, "email_taken")
        assert address(client) == OLD

    def test_a_new_password_voids_the_link(self, client):
        verified_person(client)
        post(client, "email", new_email=NEW)
        token = mail.token_in(mail.newest(NEW))
        post(client, "password", current_password=PASSWORD, new_password="yepyeni bir şifre")
        assert post(client, "email/confirm", token=token) == (409, "link_not_valid")

    def test_voids_the_links_that_went_to_the_old_address(self, client):
        verified_person(client)
        post(client, "password/forgot", email=OLD)
        token = mail.token_in(mail.newest(OLD))
        move_to(client, NEW)
        reset = {"token": token, "new_password": "yepyeni bir şifre"}
        assert post(client, "password/reset", **reset) == (409, "link_not_valid")

    def test_an_address_that_was_never_verified_gets_no_way_back(self, client):
        sign_up(client, email=OLD)
        move_to(client, NEW)
        assert mail.subjects(OLD) == ["Verify your e-mail address"]


class TestUndo:
    @pytest.fixture
    def undo(self, client):
        """The link in the old mailbox, after a thief on the owner's computer changed all."""
        verified_person(client)
        move_to(client, THIEF)
        post(client, "password", current_password=PASSWORD, new_password="hırsızın şifresi")
        return mail.token_in(mail.newest(OLD))

    def test_brings_the_address_back_ends_all_sessions_and_takes_the_password(
        self, client, app, undo
    ):
        owner = as_browser(app)
        assert post(owner, "email/undo", token=undo) == (204, None)
        assert client.get("/api/auth/me").status_code == 401
        assert client.post("/api/auth/refresh").status_code == 401
        for email in (OLD, THIEF):
            for password in (PASSWORD, "hırsızın şifresi"):
                assert post(owner, "login", email=email, password=password)[0] == 401

        assert set(mail.subjects(OLD)[-2:]) == {
            "The address of your account was restored",
            "Choose a new password",
        }
        letter = next(each for each in mail.letters(OLD) if "Choose" in each["Subject"])
        reset = {"token": mail.token_in(letter), "new_password": "yepyeni bir şifre"}
        assert post(owner, "password/reset", **reset) == (204, None)
        assert post(owner, "login", email=OLD, password="yepyeni bir şifre") == (200, None)

    def test_works_once(self, client, undo):
        assert post(client, "email/undo", token=undo) == (204, None)
        assert post(client, "email/undo", token=undo) == (409, "link_not_valid")

    def test_voids_the_links_of_the_thief(self, client, app, undo):
        post(client, "password/forgot", email=THIEF)
        reset = mail.token_in(mail.newest(THIEF))
        assert post(client, "email/undo", token=undo) == (204, None)
        body = {"token": reset, "new_password": "hırsızın ikinci şifresi"}
        assert post(client, "password/reset", **body) == (409, "link_not_valid")

    def test_the_thief_cannot_undo_it_by_moving_on(self, client, undo):
        post(client, "step-up", password="hırsızın şifresi")
        move_to(client, "hirsiz2@example.com")
        second = mail.token_in(mail.newest(THIEF))
        assert post(client, "email/undo", token=undo) == (204, None)
        assert post(client, "email/undo", token=second) == (409, "link_not_valid")

    @pytest.mark.parametrize("is_before", [False, True])
    def test_takes_from_the_thief_every_way_in_that_was_added_since(self, client, app, is_before):
        """From the proof on that let the thief ask for the change, not only since it was done."""
        person = verified_person(client)
        kept = add_ways_in(person, at="old", age=timedelta(hours=1))
        if is_before:
            add_ways_in(person, at="new", age=timedelta(minutes=9))
        move_to(client, THIEF)
        if not is_before:
            add_ways_in(person, at="new")
        undo = mail.token_in(mail.newest(OLD))
        assert post(as_browser(app), "email/undo", token=undo) == (204, None)
        with read_only() as session:
            assert session.scalars(select(Passkey.name)).all() == kept
            assert session.scalars(select(Identity.subject)).all() == kept
            assert session.scalars(select(TotpSecret)).all() == []
        client.post("/api/auth/logout")

    def test_takes_what_was_added_before_a_link_that_was_followed_late(self, client, app):
        person = verified_person(client)
        assert post(client, "email", new_email=THIEF) == (202, None)
        add_ways_in(person, at="new", age=timedelta(minutes=1))
        with transaction() as session:
            asked = OneTimeToken.purpose == Purpose.CHANGE_EMAIL
            earlier = OneTimeToken.created_at - timedelta(hours=20)
            session.execute(update(OneTimeToken).where(asked).values(created_at=earlier))
            session.execute(update(Passkey).values(created_at=now() - timedelta(hours=20)))
        token = mail.token_in(mail.newest(THIEF))
        assert post(client, "email/confirm", token=token) == (204, None)
        undo = mail.token_in(mail.newest(OLD))
        assert post(as_browser(app), "email/undo", token=undo) == (204, None)
        with read_only() as session:
            assert session.scalars(select(Passkey)).all() == []

    @pytest.mark.parametrize(("age", "left"), [(timedelta(hours=1), 1), (timedelta(minutes=1), 0)])
    def test_takes_recovery_codes_that_the_thief_made_anew(self, client, app, age, left):
        person = verified_person(client)
        with transaction() as session:
            since = now() - timedelta(hours=2)
            whose = {"user_id": person.user_id}
            session.add(TotpSecret(**whose, sealed_secret=b"", confirmed_at=since))
            session.add(RecoveryCode(**whose, digest=b"x", created_at=now() - age))
        move_to(client, THIEF)
        undo = mail.token_in(mail.newest(OLD))
        assert post(as_browser(app), "email/undo", token=undo) == (204, None)
        with read_only() as session:
            assert len(session.scalars(select(RecoveryCode)).all()) == left
            assert len(session.scalars(select(TotpSecret)).all()) == 1

    def test_nobody_else_may_take_the_address_meanwhile(self, client, app, undo):
        body = {"email": OLD, "password": PASSWORD, "name": "Hırsız"}
        assert post(as_browser(app), "register", **body) == (409, "email_taken")
        other = as_browser(app)
        verified_person(other, "baskasi@example.com")
        assert post(other, "email", new_email=OLD) == (202, None)
        assert mail.subjects(OLD)[-1] == "The address of your account has changed"

    def test_ends_after_three_days_and_with_it_the_hold_on_the_address(self, client, app, undo):
        with transaction() as session:
            age = timedelta(hours=72, seconds=1)
            session.execute(update(OneTimeToken).values(expires_at=OneTimeToken.expires_at - age))
        assert post(client, "email/undo", token=undo) == (409, "link_not_valid")
        sign_up(as_browser(app), email=OLD)
