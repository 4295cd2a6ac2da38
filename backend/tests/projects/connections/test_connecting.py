"""Connecting to GitHub, through HTTP: who may, what is believed, what is kept, how it ends."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.factories.github import (
    GITHUB,
    begin,
    calls,
    change_connection,
    come_back,
    connect,
    decide,
    tell_sandbox,
)
from tests.factories.notifications import run_now
from tests.factories.projects import add_project, path_of
from tests.kit.tasks.toys import die_of_its_deadline, jobs_named
from tests.sandbox.conftest import Sandbox
from ultra.auth.members.tasks import remove_deleted_workspaces
from ultra.auth.workspaces.models import Membership, Workspace
from ultra.kit import access, clock
from ultra.kit.db import read_only, transaction
from ultra.kit.redis import redis
from ultra.kit.roles import Role
from ultra.kit.tasks import JobState
from ultra.platforms.github import api
from ultra.platforms.github.outcomes import Found, NeedsLogin, TryLater
from ultra.projects.connections import service as connections
from ultra.projects.connections.asking import COOKIE
from ultra.projects.connections.models import TOKENS, GitHubConnection
from ultra.projects.connections.states import ConnectionState
from ultra.projects.connections.tokens import usable_token
from ultra.settings import Environment, settings


def state(client: FlaskClient) -> str | None:
    found = client.get(GITHUB).get_json()["connection"]
    return found["state"] if found else None


def connection() -> GitHubConnection:
    with read_only() as session:
        return session.scalars(select(GitHubConnection)).one()


def audited() -> list[str]:
    with read_only() as session:
        query = "select action from audit_log where action like 'github%' order by position"
        return list(session.scalars(text(query)))


def failures() -> list[tuple[str, str, UUID]]:
    """Tries that came to nothing, as the audit log has them: why, how, whose."""
    with read_only() as session:
        rows = session.execute(
            text(
                "select facts->>'reason', outcome, user_id from audit_log"
                " where action = 'github.not_connected' order by position"
            )
        )
        return [(row[0], row[1], row[2]) for row in rows]


def given_back(sandbox: Sandbox) -> list[str]:
    """What GitHub was asked to take back: a whole grant, or one token."""
    asked = calls(sandbox)
    return [what for what in ("grant", "token") for _ in range(asked.get(what, {}).get("calls", 0))]


def end_workspace(client: FlaskClient, person: SignedUp, ago: timedelta) -> None:
    answer = client.delete("/api/workspaces/current", json={"name": person.workspace["name"]})
    assert answer.status_code == 200, answer.text
    let_pass(person, ago)


def let_pass(person: SignedUp, ago: timedelta) -> None:
    with transaction() as session:
        session.execute(
            update(Workspace)
            .where(Workspace.id == person.workspace_id)
            .values(deleted_at=func.now() - ago)
        )


def is_there(person: SignedUp) -> bool:
    with read_only() as session:
        return session.get(Workspace, person.workspace_id) is not None


class TestConnecting:
    def test_keeps_the_account_and_tells_of_it(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        assert client.get(GITHUB).get_json() == {"is_available": True, "connection": None}
        connect(client, sandbox)
        found = client.get(GITHUB).get_json()["connection"]
        assert found.pop("connected_at")
        assert found == {"login": "deniz-yapim", "state": "connected", "limited_until": None}
        assert connection().account_id == "7001"
        assert audited() == ["github.connected"]

    def test_the_tokens_are_sealed_and_shown_nowhere(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        row = connection()
        with read_only() as session:
            plain = TOKENS.read(session, row).get_secret_value()
            everything = session.scalars(
                text("select row_to_json(it)::text from github_connections it")
            ).one()
        assert "ghu_" in plain
        assert "ghr_" in plain
        assert "deniz-yapim" in everything
        assert "ghu_" not in everything
        assert b"ghu_" not in row.sealed_tokens
        assert "ghu_" not in client.get(GITHUB).text

    def test_the_address_holds_what_github_asks_for(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        asked = parse_qs(urlsplit(begin(client)).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert len(asked["state"][0]) >= 43
        assert asked["redirect_uri"] == [f"{settings.website_url}{connections.CALLBACK}"]
        cookie = client.get_cookie(COOKIE)
        assert cookie
        assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
        assert asked["state"][0] not in cookie.value

    def test_again_takes_the_same_place(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        before = connection()
        connect(client, sandbox)
        after = connection()
        assert after.id == before.id
        assert after.sealed_tokens != before.sealed_tokens

    def test_lands_in_the_persons_language(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        for language, prefix in (("tr", ""), ("en", "/en")):
            client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
            place = urlsplit(decide(sandbox, begin(client)))
            # GitHub's page knows nothing of the website's language.
            client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
            answer = client.get(f"{place.path}?{place.query}")
            wanted = f"{settings.website_url}{prefix}/settings/connections?github=connected"
            assert answer.headers["Location"] == wanted

    def test_needs_a_recent_proof(
        self,
        client: FlaskClient,
        person: SignedUp,
        sandbox: Sandbox,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        connect(client, sandbox)
        later = clock.now() + access.RECENT + timedelta(seconds=1)
        monkeypatch.setattr(access, "now", lambda: later)
        for answer in (client.post(f"{GITHUB}/connect"), client.delete(GITHUB)):
            assert (answer.status_code, answer.get_json()["code"]) == (403, "step_up_needed")

    def test_is_not_for_editors(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        """A role that was taken away between leaving and coming back counts as well."""
        address = decide(sandbox, begin(client))
        with transaction() as session:
            session.execute(text("update memberships set role = 'editor'"))
        assert come_back(client, address) == "not_allowed"
        assert state(client) is None
        # What they granted meanwhile is not kept, so it is given back.
        assert given_back(sandbox) == ["grant"]
        assert failures() == [("not_allowed", "refused", person.user_id)]

    def test_what_is_not_kept_leaves_other_workspaces_theirs(
        self, app: Flask, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        other = as_browser(app)
        sign_up(other)
        connect(other, sandbox)
        address = decide(sandbox, begin(client))
        with transaction() as session:
            session.execute(
                update(Membership)
                .where(Membership.workspace_id == person.workspace_id)
                .values(role=Role.EDITOR)
            )
        assert come_back(client, address) == "not_allowed"
        assert given_back(sandbox) == ["token"]
        assert isinstance(api.get_account(usable_token(connection().id)), Found)

    def test_whose_grant_it_is_cannot_be_seen(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        address = decide(sandbox, begin(client))
        tell_sandbox(sandbox, "behaviour/api", status=500)
        assert come_back(client, address) == "away"
        assert given_back(sandbox) == ["token"]
        assert failures() == [("away", "failed", person.user_id)]

    def test_a_fresh_grant_that_github_does_not_take_back_harms_nobody(
        self,
        client: FlaskClient,
        person: SignedUp,
        sandbox: Sandbox,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        address = decide(sandbox, begin(client))
        tell_sandbox(sandbox, "behaviour/api", status=500)
        monkeypatch.setattr(connections.oauth, "revoke_token", lambda _: TryLater("status 500"))
        assert come_back(client, address) == "away"
        assert "github.grant_not_given_back" in capsys.readouterr().out

    def test_is_off_in_production_without_keys(
        self, client: FlaskClient, person: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "environment", Environment.PRODUCTION)
        assert client.get(GITHUB).get_json()["is_available"] is False
        answer = client.post(f"{GITHUB}/connect")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "git_hub_not_set_up")


class TestComingBack:
    def test_after_saying_no(self, client: FlaskClient, person: SignedUp, sandbox: Sandbox) -> None:
        assert come_back(client, decide(sandbox, begin(client), "deny")) == "denied"
        assert state(client) is None
        assert failures() == [("denied", "refused", person.user_id)]

    def test_a_second_time(self, client: FlaskClient, person: SignedUp, sandbox: Sandbox) -> None:
        address = decide(sandbox, begin(client))
        cookie = client.get_cookie(COOKIE)
        assert cookie
        assert come_back(client, address) == "connected"
        assert client.get_cookie(COOKIE) is None
        client.set_cookie(COOKIE, cookie.value)
        assert come_back(client, address) == "expired"

    def test_in_another_browser(
        self, app: Flask, client: FlaskClient, stranger: FlaskClient, sandbox: Sandbox
    ) -> None:
        """Somebody's own code, sent to another person, connects neither of them."""
        address = decide(sandbox, begin(client))
        assert come_back(as_browser(app), address) == "expired"
        begin(stranger)
        assert come_back(stranger, address) == "expired"
        assert state(stranger) is None

    @pytest.mark.parametrize("wrong", ["", "x", "ğ", "a" * 200])
    def test_with_a_wrong_state(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox, wrong: str
    ) -> None:
        address = decide(sandbox, begin(client))
        code = parse_qs(urlsplit(address).query)["code"][0]
        answer = client.get(f"{GITHUB}/callback", query_string={"code": code, "state": wrong})
        assert "github=expired" in answer.headers["Location"]
        # The right one is used up as well: nobody gets a second try.
        assert come_back(client, address) == "expired"

    def test_with_a_forged_code(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        state_given = parse_qs(urlsplit(begin(client)).query)["state"][0]
        query = {"code": "forged", "state": state_given, "installation_id": "7"}
        answer = client.get(f"{GITHUB}/callback", query_string=query)
        assert "github=refused" in answer.headers["Location"]
        assert failures() == [("refused", "refused", person.user_id)]

    def test_too_late(self, client: FlaskClient, person: SignedUp, sandbox: Sandbox) -> None:
        address = decide(sandbox, begin(client))
        [key] = redis.keys("github-asking:*")
        assert 590 < redis.ttl(key) <= 600
        redis.delete(key)
        assert come_back(client, address) == "expired"

    def test_after_signing_out(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        address = decide(sandbox, begin(client))
        cookie = client.get_cookie(COOKIE)
        assert cookie
        assert client.post("/api/auth/logout").status_code == 204
        client.set_cookie(COOKIE, cookie.value)
        assert come_back(client, address) == "signed_out"
        assert failures() == [("signed_out", "refused", person.user_id)]

    def test_signs_nobody_in(
        self, app: Flask, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        address = decide(sandbox, begin(client))
        cookie = client.get_cookie(COOKIE)
        assert cookie
        other = as_browser(app)
        other.set_cookie(COOKIE, cookie.value)
        assert come_back(other, address) == "connected"
        assert other.get("/api/auth/me").status_code == 401

    def test_leads_nowhere_but_home(self, client: FlaskClient) -> None:
        answer = client.get(f"{GITHUB}/callback?state=//evil.example&next=https://evil.example")
        assert answer.headers["Location"].startswith(settings.website_url + "/")

    def test_while_github_is_away(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        address = decide(sandbox, begin(client))
        tell_sandbox(sandbox, "behaviour/tokens", reset=True)
        assert come_back(client, address) == "away"
        assert state(client) is None


class TestLeaving:
    def test_is_seen_at_once_and_gives_the_grant_back(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        token = usable_token(connection().id)
        project = add_project(client)
        names = {"full_names": ["deniz-yapim/kamera-ipi"]}
        client.put(path_of(project, "/repositories"), json=names)
        assert client.delete(GITHUB).status_code == 204
        assert state(client) is None
        assert client.get(path_of(project, "/repositories")).get_json()["items"] == []
        again = client.delete(GITHUB)
        assert (again.status_code, again.get_json()["code"]) == (404, "git_hub_not_connected")
        [job] = jobs_named(connections.LEAVE)
        assert run_now(job.id).state is JobState.DONE
        assert isinstance(api.get_account(token), NeedsLogin)
        with read_only() as session:
            assert session.scalar(select(func.count()).select_from(GitHubConnection)) == 0
        assert audited() == ["github.connected", "github.disconnected"]

    def test_another_workspace_of_the_same_account_goes_on(
        self, app: Flask, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        """GitHub knows one grant of each account; with it all of its tokens would go."""
        connect(client, sandbox)
        first = usable_token(connection().id)
        other = as_browser(app)
        sign_up(other)
        connect(other, sandbox)
        client.delete(GITHUB)
        [job] = jobs_named(connections.LEAVE)
        assert run_now(job.id).state is JobState.DONE
        assert given_back(sandbox) == ["token"]
        assert isinstance(api.get_account(first), NeedsLogin)
        second = usable_token(connection().id)
        assert isinstance(api.get_account(second), Found)
        # The last one takes everything along.
        other.delete(GITHUB)
        run_now(jobs_named(connections.LEAVE)[-1].id)
        assert given_back(sandbox) == ["grant", "token"]
        assert isinstance(api.get_account(second), NeedsLogin)

    @pytest.mark.parametrize(
        "values",
        [
            {"state": ConnectionState.LEAVING},
            {"state": ConnectionState.RECONNECT_NEEDED},
            {"account_id": "7002"},
        ],
    )
    def test_one_that_does_not_read_by_that_grant_does_not_count(
        self,
        app: Flask,
        client: FlaskClient,
        person: SignedUp,
        sandbox: Sandbox,
        values: dict[str, object],
    ) -> None:
        other = as_browser(app)
        sign_up(other)
        connect(other, sandbox)
        change_connection(**values)
        connect(client, sandbox)
        client.delete(GITHUB)
        [job] = jobs_named(connections.LEAVE)
        assert run_now(job.id).state is JobState.DONE
        assert given_back(sandbox) == ["grant"]

    def test_also_when_the_token_has_ended(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        change_connection(token_expires_at=func.now())
        client.delete(GITHUB)
        connections.leave(connection().id)
        calls = sandbox.ask("GET", "/github-app/sandbox/calls").content
        assert b"tokens:refresh_token" in calls

    def test_waits_for_github_and_then_forgets(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        client.delete(GITHUB)
        change_connection(token_expires_at=func.now())
        tell_sandbox(sandbox, "behaviour/tokens", status=503)
        [job] = jobs_named(connections.LEAVE)
        assert run_now(job.id).state is JobState.WAITING
        connections.forget(connection().id)
        connections.forget(job.id)

    def test_what_was_put_back_is_not_forgotten_by_late_news(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        client.delete(GITHUB)
        [job] = jobs_named(connections.LEAVE)
        die_of_its_deadline(job.id)
        assert client.post(f"/api/jobs/{job.id}/retry", json={}).status_code == 200
        [told] = jobs_named("projects.forget_github")
        assert run_now(told.id).state is JobState.DONE
        assert connection()
        assert run_now(job.id).state is JobState.DONE

    def test_connecting_again_meanwhile_wins(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        client.delete(GITHUB)
        connect(client, sandbox)
        [job] = jobs_named(connections.LEAVE)
        assert run_now(job.id).state is JobState.DONE
        assert state(client) == "connected"
        assert usable_token(connection().id)

    def test_a_workspace_that_is_removed_gives_the_grant_back(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        token = usable_token(connection().id)
        end_workspace(client, person, timedelta(days=6))
        remove_deleted_workspaces()
        # In its week it may still come back.
        assert not isinstance(api.get_account(token), NeedsLogin)
        let_pass(person, timedelta(days=7, minutes=1))
        remove_deleted_workspaces()
        assert isinstance(api.get_account(token), NeedsLogin)
        assert given_back(sandbox) == ["grant"]
        assert not is_there(person)

    def test_a_removal_waits_for_github_and_then_gives_up(
        self,
        client: FlaskClient,
        person: SignedUp,
        sandbox: Sandbox,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        connect(client, sandbox)
        end_workspace(client, person, timedelta(days=7, minutes=1))
        tell_sandbox(sandbox, "behaviour/tokens", status=503)
        for times in (1, 2):
            remove_deleted_workspaces()
            assert is_there(person)
            assert calls(sandbox)["grant"]["calls"] == times
        let_pass(person, timedelta(days=8, minutes=1))
        remove_deleted_workspaces()
        assert not is_there(person)
        assert "workspace.farewell_given_up" in capsys.readouterr().out

    def test_a_removal_succeeds_once_github_is_back(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        token = usable_token(connection().id)
        end_workspace(client, person, timedelta(days=7, minutes=1))
        tell_sandbox(sandbox, "behaviour/tokens", status=503, count=1)
        remove_deleted_workspaces()
        assert is_there(person)
        remove_deleted_workspaces()
        assert not is_there(person)
        assert isinstance(api.get_account(token), NeedsLogin)

    def test_without_keys_for_github_a_workspace_is_removed_all_the_same(
        self,
        client: FlaskClient,
        person: SignedUp,
        sandbox: Sandbox,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        connect(client, sandbox)
        end_workspace(client, person, timedelta(days=7, minutes=1))
        monkeypatch.setattr(connections, "is_available", lambda: False)
        remove_deleted_workspaces()
        assert not is_there(person)

    def test_a_deleted_workspace_takes_it_along(
        self, client: FlaskClient, person: SignedUp, sandbox: Sandbox
    ) -> None:
        connect(client, sandbox)
        with transaction() as session:
            session.execute(update(GitHubConnection).values(state=ConnectionState.CONNECTED))
            session.execute(text("delete from videos"))
            session.execute(text("delete from workspaces"))
            assert session.scalar(select(func.count()).select_from(GitHubConnection)) == 0
