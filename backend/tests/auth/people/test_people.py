"""Operators look after people: who there is, closing accounts, ending sessions, the letter."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import delete, func, select, update

from tests.auth.factors.people import add_passkey, let_time_pass_since_sign_in
from tests.factories import mail
from tests.factories.auth import PASSWORD, as_browser, sign_up
from tests.kit.tasks import toys  # noqa: F401 - the schedules that are made here start one
from ultra.auth import public
from ultra.auth.audit.models import INSTALLATION, Entry
from ultra.auth.people import service as people
from ultra.auth.sessions import records, tasks
from ultra.auth.sessions.models import EndReason, SignInSession
from ultra.auth.users.models import User
from ultra.auth.workspaces.models import Membership
from ultra.kit.access import Actor, Scope
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import AppError
from ultra.kit.redis import redis
from ultra.kit.roles import Role
from ultra.kit.tasks import Job, schedules
from ultra.kit.tasks.schedules import Origin, Schedule, ScheduleKind

PEOPLE = "/api/auth/operator/people"


@pytest.fixture(autouse=True)
def mailbox():
    mail.throw_away()


@pytest.fixture
def operator(client):
    """Who signs up first looks after the installation; `client` is their browser."""
    return sign_up(client, name="Yönetici", email="yonetici@example.com")


@pytest.fixture
def newcomer(app, operator):
    def make(**values):
        browser = as_browser(app)
        return sign_up(browser, **values), browser

    return make


def act(client, person, what, **body):
    return client.post(f"{PEOPLE}/{person.user_id}/{what}", json=body or None)


def disable(client, person, reason="Kurallara uymadı"):
    return act(client, person, "disable", reason=reason)


def names(client, **query):
    answer = client.get(PEOPLE, query_string=query)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.get_json()["items"]]


def entries():
    """What the installation's log says that operators did."""
    with read_only() as session:
        query = select(Entry).where(Entry.action.like("person.%")).order_by(Entry.position)
        return session.scalars(query).all()


def log_in(app, person):
    credentials = {"email": person.user["email"], "password": PASSWORD}
    return as_browser(app).post("/api/auth/login", json=credentials)


class TestList:
    def test_shows_what_operators_need(self, client, newcomer):
        elif_, browser = newcomer(name="Elif", email="elif@example.com")
        add_passkey(browser)
        browser.post("/api/workspaces", json={"name": "İkinci"})
        found = client.get(PEOPLE).get_json()["items"]
        assert [each["name"] for each in found] == ["Elif", "Yönetici"]
        assert found[0]["user_id"] == str(elif_.user_id)
        assert found[0]["has_second_factor"] is True
        assert (found[0]["workspaces"], found[0]["sessions"]) == (2, 1)
        assert found[0]["last_seen_at"] is not None
        assert (found[0]["disabled_at"], found[0]["disabled_reason"]) == (None, None)
        assert (found[1]["is_operator"], found[1]["has_second_factor"]) == (True, False)
        assert "password" not in str(found)

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("ilk", ["İlkay Işık"]),
            ("İLKAY", ["İlkay Işık"]),
            ("ışık", ["İlkay Işık"]),
            ("ISIK@", ["İlkay Işık"]),
            ("%", []),
            ("example", ["İlkay Işık", "Yönetici"]),
        ],
    )
    def test_finds_by_a_part_of_name_or_address(self, client, newcomer, typed, expected):
        newcomer(name="İlkay Işık", email="isik@example.com")
        assert names(client, q=typed) == expected

    def test_comes_in_pages(self, client, newcomer):
        for number in range(4):
            newcomer(name=f"Kişi {number}")
        seen, cursor = [], None
        for _ in range(3):
            query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
            page = client.get(PEOPLE, query_string=query).get_json()
            seen += [each["name"] for each in page["items"]]
            cursor = page["next_cursor"]
        assert seen == ["Kişi 3", "Kişi 2", "Kişi 1", "Kişi 0", "Yönetici"]
        assert cursor is None

    def test_parts_closed_accounts_from_open_ones(self, client, newcomer):
        elif_, _ = newcomer(name="Elif")
        disable(client, elif_)
        assert names(client, is_disabled="true") == ["Elif"]
        assert names(client, is_disabled="false") == ["Yönetici"]

    def test_remembers_who_was_here_when_the_session_is_forgotten(self, client, newcomer):
        elif_, _ = newcomer(name="Elif")
        with transaction() as session:
            which = SignInSession.user_id == elif_.user_id
            long_ago = func.now() - timedelta(days=60)
            values = {"last_seen_at": long_ago, "expires_at": long_ago}
            session.execute(update(SignInSession).where(which).values(**values))
        before = client.get(PEOPLE).get_json()["items"][0]["last_seen_at"]
        tasks.remove_expired_sessions()
        after = client.get(PEOPLE).get_json()["items"][0]
        assert (after["sessions"], after["last_seen_at"]) == (0, before)


class TestWho:
    def test_is_nobody_but_operators(self, client, newcomer):
        elif_, browser = newcomer()
        assert browser.get(PEOPLE).status_code == 403
        for what in ("disable", "enable", "end-sessions", "reset-letter"):
            assert act(browser, elif_, what, reason="x").status_code == 403
        assert entries() == []

    @pytest.mark.parametrize("what", ["disable", "enable", "end-sessions", "reset-letter"])
    def test_proves_it_anew(self, client, newcomer, what):
        elif_, browser = newcomer()
        let_time_pass_since_sign_in()
        body = {"reason": "x"} if what == "disable" else {}
        answer = act(client, elif_, what, **body)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "step_up_needed")
        assert browser.get("/api/auth/me").status_code == 200

    def test_nobody_is_found_who_does_not_exist(self, client, operator):
        answer = client.post(f"{PEOPLE}/{operator.workspace_id}/disable", json={"reason": "x"})
        assert (answer.status_code, answer.get_json()["code"]) == (404, "person_not_found")


class TestDisable:
    def test_acts_at_once_on_sessions_and_keys(self, client, app, newcomer):
        elif_, browser = newcomer()
        phone = as_browser(app)
        credentials = {"email": elif_.user["email"], "password": PASSWORD}
        phone.post("/api/auth/login", json=credentials)
        wanted = {"name": "bot", "scopes": ["workspace:read"]}
        key = browser.post("/api/auth/keys", json=wanted).get_json()["key"]
        robot = {"Authorization": f"Bearer {key}"}
        current = "/api/workspaces/current"
        assert app.test_client().get(current, headers=robot).status_code == 200

        answer = disable(client, elif_)
        assert answer.status_code == 200
        assert answer.get_json()["disabled_reason"] == "Kurallara uymadı"
        assert answer.get_json()["sessions"] == 0
        for each in (browser, phone):
            refused = each.get("/api/auth/me")
            assert (refused.status_code, refused.get_json()["code"]) == (401, "session_ended")
            assert each.post("/api/auth/refresh").status_code == 401
        assert app.test_client().get(current, headers=robot).status_code == 401
        refused = log_in(app, elif_)
        assert (refused.status_code, refused.get_json()["code"]) == (403, "account_disabled")
        with read_only() as session:
            which = SignInSession.user_id == elif_.user_id
            reasons = session.scalars(select(SignInSession.end_reason).where(which)).all()
        assert reasons == [EndReason.ACCOUNT_CLOSED] * 2

    @pytest.mark.parametrize(
        ("language", "subject"),
        [("tr", "Hesabınız kapatıldı"), ("en", "Your account was closed")],
    )
    def test_tells_the_person_why(self, client, newcomer, language, subject):
        elif_, _ = newcomer(email="elif@example.com", locale=language)
        disable(client, elif_, "Başkasının <b>videoları</b> {x}")
        letter = mail.newest("elif@example.com")
        assert letter["Subject"] == subject
        assert "Başkasının <b>videoları</b> {x}" in mail.text_of(letter)
        html = letter.get_body(("html",)).get_content()
        assert "&lt;b&gt;videoları&lt;/b&gt;" in html
        assert "href" not in html

    def test_is_written_down_in_the_installation_s_log(self, client, operator, newcomer):
        elif_, _ = newcomer()
        disable(client, elif_)
        (entry,) = entries()
        assert (entry.action, entry.chain) == ("person.disabled", INSTALLATION)
        assert (entry.user_id, entry.object_id) == (operator.user_id, str(elif_.user_id))
        assert entry.facts["reason"] == "Kurallara uymadı"
        shown = client.get("/api/audit?scope=installation&action=person.").get_json()["items"]
        assert [each["action"] for each in shown] == ["person.disabled"]

    def test_twice_is_as_once(self, client, newcomer):
        elif_, _ = newcomer(email="elif@example.com")
        first = disable(client, elif_, "Birinci").get_json()
        second = disable(client, elif_, "İkinci").get_json()
        assert first == second
        assert len(entries()) == 1
        assert mail.subjects("elif@example.com").count("Your account was closed") == 1

    def test_removes_nothing(self, client, newcomer):
        elif_, _ = newcomer()
        disable(client, elif_)
        found = client.get(PEOPLE).get_json()["items"][0]
        assert found["workspaces"] == 1

    def test_not_oneself(self, client, operator):
        answer = disable(client, operator)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "own_account")
        assert client.get("/api/auth/me").status_code == 200

    def test_of_two_operators_who_close_each_other_one_remains(self, app, client, operator):
        other = sign_up(as_browser(app))
        with transaction() as session:
            session.execute(update(User).values(is_operator=True))
        start = Barrier(2)

        def close(one, another):
            actor = Actor(one.user_id, one.workspace_id, None, frozenset({Scope.OPERATE}))
            start.wait(10)
            try:
                with transaction() as session:
                    people.close(session, actor, another.user_id, "x")
            except AppError as error:
                return error.code
            return "closed"

        with ThreadPoolExecutor(2) as threads:
            both = [threads.submit(close, *pair) for pair in ((operator, other), (other, operator))]
            assert sorted(each.result(20) for each in both) == ["closed", "forbidden"]
        with read_only() as session:
            assert len(public.operator_ids(session)) == 1

    def test_while_redis_is_away_it_holds_as_soon_as_it_is_back(
        self, client, newcomer, monkeypatch
    ):
        elif_, browser = newcomer()
        assert browser.get("/api/auth/me").status_code == 200

        nowhere = Redis(unix_socket_path="/nonexistent/redis.sock", retry=Retry(NoBackoff(), 0))
        with monkeypatch.context() as away:
            away.setattr(records, "redis", nowhere)
            assert disable(client, elif_).status_code == 503
        nowhere.close()
        # Redis still believes in the session; asking again, or the job, tells it.
        assert browser.get("/api/auth/me").status_code == 200
        assert disable(client, elif_).status_code == 200
        assert browser.get("/api/auth/me").status_code == 401

    def test_a_lost_redis_brings_nobody_back(self, client, newcomer):
        elif_, browser = newcomer()
        disable(client, elif_)
        redis.flushdb()
        assert browser.get("/api/auth/me").status_code == 401

    def test_they_hear_of_nothing_any_more(self, client, newcomer):
        elif_, _ = newcomer()
        disable(client, elif_)
        with read_only() as session:
            assert public.member_ids(session, elif_.workspace_id) == []

    def test_their_invitations_let_nobody_in(self, client, app, newcomer):
        elif_, browser = newcomer()
        body = {"email": "deniz@example.com", "role": "editor"}
        assert browser.post("/api/workspaces/current/invitations", json=body).status_code == 201
        text = mail.text_of(mail.newest("deniz@example.com"))
        token = text.partition("/invitations/")[2].split()[0]
        assert as_browser(app).get(f"/api/invitations/{token}").status_code == 200
        disable(client, elif_)
        assert as_browser(app).get(f"/api/invitations/{token}").status_code == 404


class TestPlannedWork:
    @pytest.fixture
    def planned(self, newcomer):
        """Elif alone, Elif and Deniz together: a schedule in each that is due."""
        elif_, browser = newcomer(name="Elif")
        deniz, _ = newcomer(name="Deniz")
        shared = UUID(browser.post("/api/workspaces", json={"name": "Ortak"}).get_json()["id"])
        with transaction() as session:
            session.add(Membership(workspace_id=shared, user_id=deniz.user_id, role=Role.EDITOR))
            for workspace_id in (elif_.workspace_id, shared):
                session.add(
                    Schedule(
                        name="x",
                        task="tests.act",
                        args=[],
                        workspace_id=workspace_id,
                        kind=ScheduleKind.INTERVAL,
                        every_seconds=3600,
                        origin=Origin.PERSON,
                        next_at=func.now(),
                    )
                )
        return elif_, deniz, shared

    def start(self):
        """Everything is due now; in which workspaces something started."""
        with transaction() as session:
            values = {"next_at": func.now() - timedelta(seconds=1)}
            session.execute(update(Schedule).where(Schedule.name == "x").values(**values))
            session.execute(delete(Job))
            schedules.start_due(session)
            found = select(Job.workspace_id).where(Job.workspace_id.is_not(None))
            return set(session.scalars(found))

    def test_goes_on_only_where_somebody_can_look_after_it(self, client, planned):
        elif_, deniz, shared = planned
        assert self.start() == {elif_.workspace_id, shared}
        disable(client, elif_)
        assert self.start() == {shared}
        disable(client, deniz)
        assert self.start() == set()
        with read_only() as session:
            assert not public.lives(session, elif_.workspace_id)
            assert not public.lives(session, shared)

    def test_goes_on_by_itself_and_makes_up_for_nothing(self, client, planned):
        elif_, deniz, shared = planned
        disable(client, elif_)
        disable(client, deniz)
        self.start()
        act(client, elif_, "enable")
        with transaction() as session:
            assert schedules.start_due(session) == 0
            assert public.lives(session, shared)
        assert self.start() == {elif_.workspace_id, shared}


class TestEnable:
    def test_lets_them_in_again_and_tells_them(self, client, app, newcomer):
        elif_, browser = newcomer(email="elif@example.com")
        disable(client, elif_)
        answer = act(client, elif_, "enable")
        assert answer.get_json()["disabled_at"] is answer.get_json()["disabled_reason"] is None
        # Old sessions stay ended.
        assert browser.get("/api/auth/me").status_code == 401
        assert log_in(app, elif_).status_code == 200
        act(client, elif_, "enable")
        assert [each.action for each in entries()] == ["person.disabled", "person.enabled"]
        assert mail.subjects("elif@example.com").count("Your account is open again") == 1


class TestEndSessions:
    def test_signs_them_out_everywhere_and_no_more(self, client, app, newcomer):
        elif_, browser = newcomer()
        assert act(client, elif_, "end-sessions").get_json()["sessions"] == 0
        assert browser.get("/api/auth/me").status_code == 401
        assert log_in(app, elif_).status_code == 200
        act(client, elif_, "end-sessions")
        act(client, elif_, "end-sessions")
        assert [each.action for each in entries()] == ["person.sessions_ended"] * 2


class TestResetLetter:
    def test_leads_to_a_new_password(self, client, app, newcomer):
        elif_, _ = newcomer(email="elif@example.com")
        assert act(client, elif_, "reset-letter").status_code == 202
        token = mail.token_in(mail.newest("elif@example.com"))
        body = {"token": token, "new_password": "yepyeni bir şifre"}
        assert as_browser(app).post("/api/auth/password/reset", json=body).status_code == 204

    def test_pressed_twice_is_one_letter(self, client, newcomer):
        elif_, _ = newcomer(email="elif@example.com")
        assert [act(client, elif_, "reset-letter").status_code for _ in range(3)] == [202] * 3
        assert mail.subjects("elif@example.com").count("Choose a new password") == 1
        assert len(entries()) == 1

    def test_not_to_a_closed_account(self, client, newcomer):
        elif_, _ = newcomer()
        disable(client, elif_)
        answer = act(client, elif_, "reset-letter")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "person_closed")
