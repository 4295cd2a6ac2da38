"""`./ultra people`: whoever sits at the machine looks after the accounts of an installation."""

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from tests.auth.factors.conftest import clock  # noqa: F401 - a fixture, by its name
from tests.auth.factors.people import add_passkey, turn_on_totp
from tests.factories import mail
from tests.factories.auth import as_browser, sign_up
from ultra.auth.audit.models import INSTALLATION, Entry
from ultra.auth.users.models import User
from ultra.cli.app import app as commands
from ultra.kit.db import read_only, transaction

CHANGED = "person.operator_changed"


def run(*words, typed=None, fails=False):
    done = CliRunner().invoke(commands, ["people", *words], input=typed)
    assert (done.exit_code != 0) is fails, done.output
    return done.output


@pytest.fixture
def operator(client):
    return sign_up(client, email="yonetici@example.com", name="Yönetici [1]")


@pytest.fixture
def person(app, operator):
    browser = as_browser(app)
    person = sign_up(browser, email="elif@example.com", name="Elif")
    return person, browser


def entries(action):
    with read_only() as session:
        query = select(Entry).where(Entry.action == action).order_by(Entry.position)
        return session.scalars(query).all()


def test_lists_and_finds(person):
    everybody = run("list").splitlines()
    assert [line.split() for line in everybody] == [
        ["open", "elif@example.com", "Elif"],
        ["operator", "yonetici@example.com", "Yönetici", "[1]"],
    ]
    assert run("list", "ELİF").count("@") == 1
    assert run("list", "--closed") == ""
    shown = run("show", "Elif@Example.com")
    assert "last seen" in shown
    assert "second factor  no" in shown
    assert run("show", "kimse@example.com", fails=True) == "There is no such person.\n"


def test_closes_and_opens(person, app):
    someone, browser = person
    run("disable", "elif@example.com", "--reason", "Sahte içerik")
    assert browser.get("/api/auth/me").status_code == 401
    assert "closed" in run("list", "--closed")
    assert "Sahte içerik" in run("show", "elif@example.com")
    assert "Sahte içerik" in mail.text_of(mail.newest("elif@example.com"))
    run("enable", "elif@example.com")
    credentials = {"email": "elif@example.com", "password": someone.password}
    assert as_browser(app).post("/api/auth/login", json=credentials).status_code == 200
    (closed,) = entries("person.disabled")
    assert (closed.chain, closed.user_id) == (INSTALLATION, None)
    assert closed.object_id == str(someone.user_id)


def test_the_last_operator_stays(operator):
    said = run("disable", "yonetici@example.com", "--reason", "x", fails=True)
    assert "only operator" in said
    assert "operator" in run("list")


def test_ends_sessions(person):
    _, browser = person
    assert "1 sessions of elif@example.com" in run("end-sessions", "elif@example.com")
    assert browser.get("/api/auth/me").status_code == 401
    run("end-sessions", "elif@example.com")
    assert len(entries("person.sessions_ended")) == 1


def test_says_who_is_an_operator(person, operator, client):
    _, browser = person
    jobs_of_all = "/api/jobs/summary?scope=all"
    assert browser.get(jobs_of_all).status_code == 403
    run("operator", "elif@example.com")
    # In the session that was open before as well.
    assert browser.get(jobs_of_all).status_code == 200
    run("operator", "elif@example.com")
    run("operator", "yonetici@example.com", "--off")
    assert client.get(jobs_of_all).status_code == 403
    assert "operator" in run("operator", "elif@example.com", "--off", fails=True)
    assert browser.get(jobs_of_all).status_code == 200
    told = [(each.facts["email"], each.facts["is_operator"]) for each in entries(CHANGED)]
    assert told == [("elif@example.com", True), ("yonetici@example.com", False)]
    run("disable", "yonetici@example.com", "--reason", "Ayrıldı")
    assert "closed" in run("operator", "yonetici@example.com", fails=True)


class TestResetFactors:
    def test_lets_the_password_in_again_and_tells_its_owner(self, person, app, clock):  # noqa: F811
        someone, browser = person
        turn_on_totp(browser, clock)
        add_passkey(browser)
        credentials = {"email": "elif@example.com", "password": someone.password}
        assert as_browser(app).post("/api/auth/login", json=credentials).status_code == 202
        refused = run("reset-factors", "elif@example.com", typed="elif@example.org\n", fails=True)
        assert "Nothing was changed" in refused
        assert as_browser(app).post("/api/auth/login", json=credentials).status_code == 202
        run("reset-factors", "elif@example.com", typed="elif@example.com\n")
        assert as_browser(app).post("/api/auth/login", json=credentials).status_code == 200
        assert "A way to sign in was removed from your account" in mail.subjects("elif@example.com")
        (entry,) = entries("person.factors_reset")
        assert entry.chain == INSTALLATION
        assert entry.facts["factors"] == ["totp", "passkey", "recovery"]
        assert "no second factor" in run("reset-factors", "elif@example.com", "--yes")

    def test_whoever_came_by_a_passkey_alone_gets_a_letter(self, person):
        someone, browser = person
        add_passkey(browser)
        with transaction() as session:
            session.execute(
                update(User).where(User.id == someone.user_id).values(password_hash=None)
            )
        run("reset-factors", "elif@example.com", "--yes")
        assert "Choose a new password" in mail.subjects("elif@example.com")
