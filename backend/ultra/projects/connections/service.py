"""The rules of the connection to GitHub: granting, coming back, leaving."""

from typing import Final
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit import live, tasks, vault
from ultra.kit.access import Actor, Scope
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import Language
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.platforms.github import api, oauth
from ultra.platforms.github.oauth import Denied, Granted
from ultra.platforms.github.outcomes import Found, TryLater
from ultra.platforms.github.places import is_available
from ultra.platforms.github.shapes import Account
from ultra.projects.connections import asking as askings
from ultra.projects.connections import repository, tokens
from ultra.projects.connections.asking import Asking
from ultra.projects.connections.errors import GitHubNotConnected, GitHubNotSetUp
from ultra.projects.connections.models import GitHubConnection
from ultra.projects.connections.outcomes import Outcome
from ultra.projects.connections.states import ConnectionState
from ultra.settings import settings

log = get_logger()

LEAVE: Final = "projects.leave_github"
CALLBACK: Final = "/api/projects/github/callback"


def find_of(session: Session, actor: Actor) -> GitHubConnection | None:
    """The workspace's connection; None as well while it is being given back."""
    connection = repository.find_of(session, actor.workspace_id)
    if connection is None or connection.state is ConnectionState.LEAVING:
        return None
    return connection


def get_of(session: Session, actor: Actor, *, for_update: bool = False) -> GitHubConnection:
    """Raises GitHubNotConnected."""
    connection = repository.find_of(session, actor.workspace_id, for_update=for_update)
    if connection is None or connection.state is ConnectionState.LEAVING:
        raise GitHubNotConnected
    return connection


def connect(actor: Actor, language: Language) -> tuple[str, str]:
    """Where to send the person, and the cookie that their browser keeps. Raises GitHubNotSetUp."""
    if not is_available():
        raise GitHubNotSetUp
    asking, name = askings.begin(actor.user_id, actor.workspace_id, actor.own_session_id, language)
    url = oauth.authorize_url(
        state=asking.state,
        challenge=askings.challenge_of(asking.verifier),
        redirect_url=_callback_url(),
    )
    return url, name


def finish(asking: Asking, code: str) -> Outcome:
    """The person is back with a code: exchange it, see whose grant it is, keep it.

    It connects the workspace that asked, if that person may still do so; it signs nobody in.
    Without a code they did not grant access.
    """
    outcome = _exchange_and_keep(asking, code) if code else Outcome.DENIED
    if outcome is not Outcome.CONNECTED:
        with transaction() as session:
            auth.record(
                session,
                "github.not_connected",
                workspace_id=asking.workspace_id,
                user_id=asking.user_id,
                outcome="failed" if outcome is Outcome.AWAY else "refused",
                facts={"reason": outcome},
            )
    return outcome


def _exchange_and_keep(asking: Asking, code: str) -> Outcome:
    try:
        auth.check_session(asking.session_id)
    except auth.SessionEnded:
        return Outcome.SIGNED_OUT
    granted = oauth.exchange(code, verifier=asking.verifier, redirect_url=_callback_url())
    if isinstance(granted, Denied):
        log.warning("github.code_refused", code=granted.code)
        return Outcome.REFUSED
    if isinstance(granted, TryLater):
        log.warning("github.code_not_exchanged", reason=granted.reason)
        return Outcome.AWAY
    account = api.get_account(granted.access_token)
    if not isinstance(account, Found):
        log.warning("github.account_unknown", outcome=type(account).__name__)
        # Others may read by the grant of that account: this token alone goes.
        _give_fresh_back(granted, is_shared=True)
        return Outcome.AWAY
    with transaction() as session:
        if auth.may(session, asking.user_id, asking.workspace_id, Scope.CONNECTIONS_WRITE):
            _keep(session, asking, granted, account.value)
            return Outcome.CONNECTED
        is_shared = repository.has_account(session, str(account.value.id))
    _give_fresh_back(granted, is_shared=is_shared)
    return Outcome.NOT_ALLOWED


def disconnect(session: Session, actor: Actor) -> None:
    """At once for people; the grant itself is given back by a job. Raises GitHubNotConnected."""
    connection = get_of(session, actor, for_update=True)
    connection.state = ConnectionState.LEAVING
    auth.record(
        session,
        "github.disconnected",
        object_id=connection.id,
        facts={"login": connection.login},
    )
    tasks.enqueue(session, LEAVE, connection.id, workspace_id=actor.workspace_id)
    _show(session, connection.workspace_id)


def leave(connection_id: UUID) -> None:
    """Give the grant back and forget the connection. Raises tasks.Retryable."""
    with read_only() as session:
        connection = repository.find(session, connection_id)
        if connection is None or connection.state is not ConnectionState.LEAVING:
            # Forgotten already, or connected again meanwhile.
            return
        try:
            held = tokens.open_tokens(session, connection)
        except vault.SecretLost:
            held = None
        expires_at, now = connection.token_expires_at, repository.clock(session)
        is_shared = repository.has_account(session, connection.account_id, but=connection.id)
    access = held.access if held else None
    if held and held.refresh and expires_at and expires_at <= now:
        renewed = oauth.refresh(held.refresh)
        if isinstance(renewed, TryLater):
            raise tasks.Retryable(renewed.reason)
        access = renewed.access_token if isinstance(renewed, Granted) else None
    if access is not None:
        outcome = _give_back(access, is_shared=is_shared)
        if isinstance(outcome, TryLater):
            raise tasks.Retryable(outcome.reason)
    forget(connection_id)


def take_leave(workspace_id: UUID) -> None:
    """Give the grant of a workspace back that is about to be removed. Raises tasks.Retryable."""
    with transaction() as session:
        connection = repository.find_of(session, workspace_id, for_update=True)
        if connection is None:
            return
        connection.state = ConnectionState.LEAVING
    if is_available():
        leave(connection.id)
    else:
        log.warning("github.grant_not_given_back", connection_id=str(connection.id))


def forget(connection_id: UUID) -> None:
    """Remove a connection that is leaving, with its tokens and repositories."""
    with transaction() as session:
        connection = repository.find(session, connection_id, for_update=True)
        if connection is None or connection.state is not ConnectionState.LEAVING:
            return
        if not tasks.is_taken_up_again(session):
            session.delete(connection)


def _give_back(token: SecretStr, *, is_shared: bool) -> bool | TryLater:
    """The whole grant; where other workspaces read by that of the same account, our token alone."""
    return oauth.revoke_token(token) if is_shared else oauth.revoke_grant(token)


def _give_fresh_back(granted: Granted, *, is_shared: bool) -> None:
    """Once: nothing is kept of it by which it could be tried again."""
    outcome = _give_back(granted.access_token, is_shared=is_shared)
    if isinstance(outcome, TryLater):
        log.warning("github.grant_not_given_back", reason=outcome.reason)


def _keep(session: Session, asking: Asking, granted: Granted, account: Account) -> None:
    session.execute(
        insert(GitHubConnection)
        .values(
            id=new_id(),
            workspace_id=asking.workspace_id,
            state=ConnectionState.LEAVING,
            account_id="",
            login="",
            sealed_tokens=b"",
        )
        # Connected before: the row stays, and with it the chosen repositories.
        .on_conflict_do_nothing()
    )
    connection = repository.find_of(session, asking.workspace_id, for_update=True)
    if connection is None:
        raise LookupError("the row was just made")
    connection.state = ConnectionState.CONNECTED
    connection.connected_by = asking.user_id
    connection.connected_at = connection.next_look_at = func.now()
    connection.limited_until = None
    connection.account_id, connection.login = str(account.id), account.login
    tokens.keep(session, connection, granted)
    auth.record(
        session,
        "github.connected",
        workspace_id=asking.workspace_id,
        user_id=asking.user_id,
        object_id=connection.id,
        facts={"login": account.login},
    )
    _show(session, asking.workspace_id)


def _show(session: Session, workspace_id: UUID) -> None:
    people = auth.member_ids(session, workspace_id)
    live.tell(session, people, "github.changed", {}, workspace_id=workspace_id)


def _callback_url() -> str:
    return settings.website_url + CALLBACK
