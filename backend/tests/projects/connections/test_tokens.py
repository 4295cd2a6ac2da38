"""Tokens are renewed once, by one; what cannot be renewed asks a person, and only then."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories.auth import SignedUp
from tests.factories.github import calls, change_connection, connect, tell_sandbox
from tests.sandbox.conftest import Sandbox
from ultra.kit.db import read_only
from ultra.kit.events import on
from ultra.kit.tasks import Job
from ultra.platforms.github import api
from ultra.platforms.github.outcomes import Found
from ultra.projects.connections import tokens
from ultra.projects.connections.errors import (
    GitHubAway,
    GitHubNotConnected,
    GitHubReconnectRequired,
)
from ultra.projects.connections.models import GitHubConnection
from ultra.projects.connections.states import ConnectionState
from ultra.projects.events import GitHubReconnectNeeded


@on(GitHubReconnectNeeded, title={"tr": "Kopan hesabı duy", "en": "Hear of a lost account"})
def hear(event: GitHubReconnectNeeded) -> None:
    """Stands for whoever tells people."""


def told() -> list[str]:
    """The logins of which somebody was to be told."""
    with read_only() as session:
        jobs = session.scalars(select(Job).where(Job.name == "projects.hear")).all()
        return [job.args[0]["login"] for job in jobs]


@pytest.fixture
def connection_id(client: FlaskClient, person: SignedUp, sandbox: Sandbox) -> UUID:
    connect(client, sandbox)
    with read_only() as session:
        return session.scalars(select(GitHubConnection.id)).one()


def row(connection_id: UUID) -> GitHubConnection:
    with read_only() as session:
        return session.get_one(GitHubConnection, connection_id)


def refreshes(sandbox: Sandbox) -> int:
    return calls(sandbox).get("tokens:refresh_token", {}).get("calls", 0)


def let_expire() -> None:
    change_connection(token_expires_at=func.now() + timedelta(minutes=1))


class TestRenewing:
    def test_a_good_token_is_used_as_it_is(self, connection_id: UUID, sandbox: Sandbox) -> None:
        assert tokens.usable_token(connection_id) == tokens.usable_token(connection_id)
        assert refreshes(sandbox) == 0

    def test_one_that_ends_soon_is_renewed(self, connection_id: UUID, sandbox: Sandbox) -> None:
        old = tokens.usable_token(connection_id)
        let_expire()
        new = tokens.usable_token(connection_id)
        assert new != old
        assert isinstance(api.get_account(new), Found)
        assert tokens.usable_token(connection_id) == new
        assert refreshes(sandbox) == 1

    def test_many_at_once_renew_once(self, connection_id: UUID, sandbox: Sandbox) -> None:
        """A second use of the refresh token would lose the account."""
        let_expire()
        tell_sandbox(sandbox, "behaviour/tokens", delay_seconds=0.5)
        with ThreadPoolExecutor(12) as pool:
            found = list(pool.map(tokens.usable_token, [connection_id] * 24))
        assert len({token.get_secret_value() for token in found}) == 1
        assert refreshes(sandbox) == 1
        assert row(connection_id).state is ConnectionState.CONNECTED

    def test_no_transaction_is_open_meanwhile(self, connection_id: UUID, sandbox: Sandbox) -> None:
        """The row says that it is being renewed, and everybody may read and lock it."""
        let_expire()
        tell_sandbox(sandbox, "behaviour/tokens", delay_seconds=0.6)
        with ThreadPoolExecutor(1) as pool:
            renewing = pool.submit(tokens.usable_token, connection_id)
            while row(connection_id).refreshing_since is None:
                pass
            with read_only() as session:
                locked = select(GitHubConnection.id)
                assert session.scalars(locked).one() == connection_id
            assert not renewing.done()
            change_connection(login="başka-ad")
            renewing.result()
        assert row(connection_id).refreshing_since is None

    def test_whoever_died_at_it_is_followed_by_another(
        self, connection_id: UUID, sandbox: Sandbox
    ) -> None:
        let_expire()
        change_connection(refreshing_since=func.now() - tokens.RENEWING_LIMIT)
        assert tokens.usable_token(connection_id)
        assert refreshes(sandbox) == 1

    def test_a_token_without_end_is_never_renewed(
        self, connection_id: UUID, sandbox: Sandbox
    ) -> None:
        change_connection(token_expires_at=None)
        assert tokens.usable_token(connection_id)
        assert refreshes(sandbox) == 0


class TestGitHubIsAway:
    def test_the_next_one_tries_again(self, connection_id: UUID, sandbox: Sandbox) -> None:
        let_expire()
        tell_sandbox(sandbox, "behaviour/tokens", status=502, count=1)
        with pytest.raises(GitHubAway):
            tokens.usable_token(connection_id)
        assert row(connection_id).state is ConnectionState.CONNECTED
        # The answer was lost, but the old token was used up: the sandbox is as strict as GitHub.
        with pytest.raises(GitHubReconnectRequired):
            tokens.usable_token(connection_id)

    def test_nobody_waits_for_ever(
        self, connection_id: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tokens, "PATIENCE_SECONDS", 0.3)
        let_expire()
        change_connection(refreshing_since=func.now())
        with pytest.raises(GitHubAway):
            tokens.usable_token(connection_id)


class TestReconnecting:
    def test_a_refused_refresh_token_asks_a_person_once(
        self, connection_id: UUID, sandbox: Sandbox
    ) -> None:
        sandbox.ask("DELETE", "/github-app/sandbox/grant")
        let_expire()
        for _ in range(2):
            with pytest.raises(GitHubReconnectRequired):
                tokens.usable_token(connection_id)
        assert row(connection_id).state is ConnectionState.RECONNECT_NEEDED
        assert refreshes(sandbox) == 1
        assert told() == ["deniz-yapim"]

    def test_a_rejected_access_token_too(self, connection_id: UUID) -> None:
        tokens.rejected(connection_id, tokens.usable_token(connection_id))
        assert row(connection_id).state is ConnectionState.RECONNECT_NEEDED
        assert told() == ["deniz-yapim"]

    def test_an_old_token_that_is_rejected_says_nothing(self, connection_id: UUID) -> None:
        old = tokens.usable_token(connection_id)
        let_expire()
        tokens.usable_token(connection_id)
        tokens.rejected(connection_id, old)
        assert row(connection_id).state is ConnectionState.CONNECTED

    def test_tokens_that_do_not_open_any_more_too(self, connection_id: UUID) -> None:
        change_connection(sealed_tokens=b"\x01broken")
        with pytest.raises(GitHubReconnectRequired):
            tokens.usable_token(connection_id)
        assert row(connection_id).state is ConnectionState.RECONNECT_NEEDED

    def test_connecting_again_mends_it(
        self, client: FlaskClient, connection_id: UUID, sandbox: Sandbox
    ) -> None:
        tokens.rejected(connection_id, tokens.usable_token(connection_id))
        connect(client, sandbox)
        assert row(connection_id).state is ConnectionState.CONNECTED
        assert tokens.usable_token(connection_id)

    def test_a_connection_that_is_leaving_has_no_token(self, connection_id: UUID) -> None:
        change_connection(state=ConnectionState.LEAVING)
        with pytest.raises(GitHubNotConnected):
            tokens.usable_token(connection_id)
