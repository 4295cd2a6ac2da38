"""Opening an account where the address has to be shown first, and which passwords may be chosen."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth.accounts import tasks
from ultra.auth.accounts.models import WaitingRegistration
from ultra.auth.audit.models import Entry
from ultra.auth.sessions.cookies import ACCESS_COOKIE
from ultra.auth.users.models import User
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.settings import Registration, settings

ADDRESS = "ayse@example.com"
CONFIRM = "/api/auth/verification/confirm"


def register(client, **changes):
    body = {"email": ADDRESS, "password": PASSWORD, "name": "Ayşe", **changes}
    return client.post("/api/auth/register", json=body)


def log_in(client, password=PASSWORD):
    answer = client.post("/api/auth/login", json={"email": ADDRESS, "password": password})
    return answer.status_code, answer.get_json().get("code")


@pytest.fixture
def verified(monkeypatch):
    monkeypatch.setattr(settings.auth, "registration", Registration.VERIFIED)


class TestSettings:
    def test_tell_the_pages_what_to_show(self, client):
        found = client.get("/api/auth/settings").get_json()
        assert found["registration"] == "open"
        assert found["password"] == {"min": 8, "max": 128}
        assert found["passkeys"] is True
        assert {"google", "github"} >= set(found["providers"])

    def test_follow_the_choice(self, client, verified):
        assert client.get("/api/auth/settings").get_json()["registration"] == "verified"


@pytest.mark.usefixtures("verified")
class TestVerifiedRegistration:
    def test_lets_in_only_after_the_mail_was_read(self, client):
        answer = register(client)
        assert (answer.status_code, answer.get_json()) == (202, {"email": ADDRESS})
        assert client.get_cookie(ACCESS_COOKIE) is None
        mail.deliver()
        assert log_in(client) == (403, "email_not_verified")

        found = mail.letters(ADDRESS)
        # One for registering, and one for the sign-in that came too early.
        assert [each["Subject"] for each in found] == ["Verify your e-mail address"] * 2
        token = mail.token_in(found[1])
        client.post("/api/auth/verification/confirm", json={"token": token})
        assert log_in(client) == (200, None)

    def test_a_wrong_password_learns_nothing_of_it(self, client):
        register(client)
        mail.deliver()
        assert log_in(client, "yanlış şifre") == (401, "wrong_credentials")

    def test_answers_the_same_for_a_taken_address_and_tells_its_owner(self, client, app):
        first = register(client)
        token = mail.token_in(mail.newest(ADDRESS))
        client.post("/api/auth/verification/confirm", json={"token": token})

        again = register(as_browser(app), password="bambaşka bir şifre", name="Başkası")
        assert (again.status_code, again.get_json()) == (first.status_code, first.get_json())
        assert {name for name, _ in again.headers} == {name for name, _ in first.headers}
        assert mail.subjects(ADDRESS)[-1] == "You already have an account"
        assert log_in(client, "bambaşka bir şifre")[0] == 401
        assert log_in(client) == (200, None)

    def test_of_two_who_register_an_address_whoever_reads_its_mail_gets_it(self, client, app):
        first, second = PASSWORD, "bambaşka bir şifre"
        register(client, password=first)
        verify = mail.token_in(mail.newest(ADDRESS))
        again = register(as_browser(app), password=second)
        assert (again.status_code, again.get_json()) == (202, {"email": ADDRESS})

        # Which of the two is the owner, nobody knows: neither one's password is worth anything,
        # and the link that the first one asked for is void.
        letter = mail.newest(ADDRESS)
        assert letter["Subject"] == "Choose a password to open your account"
        assert client.post(CONFIRM, json={"token": verify}).status_code == 409
        for password in (first, second):
            assert log_in(client, password) == (401, "wrong_credentials")

        own = "üçüncü ve son şifre"
        reset = {"token": mail.token_in(letter), "new_password": own}
        assert client.post("/api/auth/password/reset", json=reset).status_code == 204
        for password in (first, second):
            assert log_in(client, password) == (401, "wrong_credentials")
        assert log_in(client, own) == (200, None)
        assert client.get("/api/auth/me").get_json()["user"]["is_email_verified"]
        with read_only() as session:
            actions = session.scalars(select(Entry.action)).all()
        assert actions.count("password.dropped") == 1

    def test_the_link_to_the_first_password_stands_however_often_others_register(self, client, app):
        for number in range(3):
            register(as_browser(app), password=f"yabancının şifresi {number}")
        letter = next(each for each in mail.letters(ADDRESS) if "Choose" in each["Subject"])
        reset = {"token": mail.token_in(letter), "new_password": PASSWORD}
        assert client.post("/api/auth/password/reset", json=reset).status_code == 204
        assert log_in(client) == (200, None)

    def test_that_link_is_mailed_however_many_mails_a_stranger_asked_for(self, client, app):
        stranger = as_browser(app)
        register(stranger)
        mail.deliver()
        for _ in range(4):
            assert log_in(stranger) == (403, "email_not_verified")
        register(client, password="bambaşka bir şifre")
        assert mail.subjects(ADDRESS)[-1] == "Choose a password to open your account"
        assert log_in(stranger) == (401, "wrong_credentials")

    def test_a_closed_account_gets_no_mail(self, client):
        register(client)
        mail.deliver()
        with transaction() as session:
            session.execute(update(User).values(disabled_at=now()))
        mail.throw_away()
        register(client)
        assert mail.letters(ADDRESS) == []

    def test_fills_nobody_s_mailbox(self, client):
        for _ in range(6):
            register(client)
        assert len(mail.letters(ADDRESS)) == 3


@pytest.mark.usefixtures("verified")
class TestWaitingRegistrations:
    def test_are_gone_once_the_account_is_open_however_often_the_job_runs(self, client):
        register(client)
        with read_only() as session:
            (waiting,) = session.scalars(select(WaitingRegistration)).all()
        for _ in range(2):
            tasks.open_account(str(waiting.id))
        with read_only() as session:
            assert session.scalars(select(WaitingRegistration)).all() == []
            assert session.scalars(select(User.email)).all() == [ADDRESS]
        assert len(mail.letters(ADDRESS)) == 1

    def test_those_left_behind_are_removed_after_a_day(self, client):
        register(client)
        for hours, left in ((23, 1), (2, 0)):
            with transaction() as session:
                age = timedelta(hours=hours)
                session.execute(
                    update(WaitingRegistration).values(
                        created_at=WaitingRegistration.created_at - age
                    )
                )
            tasks.remove_old_registrations()
            with read_only() as session:
                assert len(session.scalars(select(WaitingRegistration)).all()) == left


class TestBreachedPasswords:
    @pytest.mark.parametrize(
        "password",
        [
            "password",
            "12345678",
            "123456789",
            "Iloveyou",
            "qwertyuiop",
            "galatasaray1905",
            "Fenerbahçe1907",
            "ŞİFRE1234",
            "parola123!",
            "abcdefgh",
            "aaaaaaaa",
            "Ultrarslanoğlu1",
            "ayse@example.com",
            "Ayşe2024",
        ],
    )
    def test_are_refused_before_anything_is_made(self, client, password):
        answer = register(client, password=password)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "password_breached")
        assert log_in(client, password)[0] == 401

    def test_use_up_no_registration_of_their_network(self, client):
        assert {register(client, password="12345678").status_code for _ in range(11)} == {422}
        assert register(client).status_code == 201

    @pytest.mark.parametrize(
        "password",
        ["doğru at pil zımba", "master of puppets", "istanbulda bir sabah", "k7#Qz!vWx2"],
    )
    def test_others_may_be_chosen_without_rules_of_composition(self, client, password):
        assert register(client, password=password).status_code == 201

    def test_are_refused_wherever_a_password_is_chosen(self, client):
        person = sign_up(client)
        change = {"current_password": PASSWORD, "new_password": "galatasaray1905"}
        assert client.post("/api/auth/password", json=change).get_json()["code"] == (
            "password_breached"
        )
        client.post("/api/auth/password/forgot", json={"email": person.user["email"]})
        token = mail.token_in(mail.newest(person.user["email"]))
        reset = {"token": token, "new_password": "galatasaray1905"}
        assert client.post("/api/auth/password/reset", json=reset).status_code == 422
        # The link is not used up by it.
        reset["new_password"] = "yepyeni bir şifre"
        assert client.post("/api/auth/password/reset", json=reset).status_code == 204
