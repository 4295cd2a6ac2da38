"""The tokens of a connection: opened here alone, renewed by one at a time.

GitHub's refresh token works once and its answer may get lost. So whoever renews says so in the row
first, and the others wait for them; after a crash the next one tries, and when GitHub then refuses,
a person has to connect anew. No transaction is open while GitHub is asked.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from pydantic import BaseModel, SecretStr, TypeAdapter
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit import vault
from ultra.kit.db import transaction
from ultra.kit.errors import AppError
from ultra.kit.events import announce
from ultra.kit.log import get_logger
from ultra.platforms.github import oauth
from ultra.platforms.github.oauth import Denied, Granted
from ultra.platforms.github.outcomes import TryLater
from ultra.projects.connections import repository
from ultra.projects.connections.errors import (
    GitHubAway,
    GitHubNotConnected,
    GitHubReconnectRequired,
)
from ultra.projects.connections.models import TOKENS, GitHubConnection
from ultra.projects.connections.states import ConnectionState
from ultra.projects.events import GitHubReconnectNeeded

log = get_logger()

EARLY: Final = timedelta(minutes=5)
"""A token is renewed this long before it ends: a job may take a while."""
RENEWING_LIMIT: Final = timedelta(seconds=60)
"""Longer than a request to GitHub can take: whoever has been renewing for longer is dead."""
PATIENCE_SECONDS: Final = 20.0
LOOK_AGAIN_SECONDS: Final = 0.2


class Tokens(BaseModel):
    """Both tokens; they show themselves to no log."""

    access: SecretStr
    refresh: SecretStr | None


@dataclass(frozen=True)
class _Renewal:
    """It is ours to renew the tokens, since this moment."""

    refresh_token: SecretStr
    since: datetime


class _Plain(BaseModel):
    access: str
    refresh: str | None


_plain = TypeAdapter(_Plain)


def keep(session: Session, connection: GitHubConnection, granted: Granted) -> None:
    """Seal what GitHub gave into the row."""
    refresh = granted.refresh_token
    plain = _Plain(
        access=granted.access_token.get_secret_value(),
        refresh=refresh.get_secret_value() if refresh else None,
    )
    TOKENS.write(session, connection, SecretStr(plain.model_dump_json()))
    lives = granted.expires_in
    connection.token_expires_at = repository.clock(session) + lives if lives else None
    connection.refreshing_since = None


def open_tokens(session: Session, connection: GitHubConnection) -> Tokens:
    """Raises vault.SecretLost."""
    plain = _plain.validate_json(TOKENS.read(session, connection).get_secret_value())
    return Tokens(
        access=SecretStr(plain.access), refresh=SecretStr(plain.refresh) if plain.refresh else None
    )


def usable_token(connection_id: UUID) -> SecretStr:
    """An access token that GitHub should accept; not to be called within a transaction.

    Raises GitHubNotConnected, GitHubReconnectRequired, or GitHubAway when it cannot be renewed now.
    """
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        with transaction() as session:
            found = _look(session, connection_id)
        match found:
            case SecretStr():
                return found
            case _Renewal():
                return _renew(connection_id, found)
            case AppError():
                # Raised here, outside: what the look wrote into the row is kept.
                raise found
        if time.monotonic() > give_up_at:
            raise GitHubAway
        time.sleep(LOOK_AGAIN_SECONDS)


def rejected(connection_id: UUID, token: SecretStr) -> None:
    """GitHub did not accept this token, though its time was not over: the grant is gone."""
    with transaction() as session:
        connection = repository.find(session, connection_id, for_update=True)
        if connection is None or connection.state is not ConnectionState.CONNECTED:
            return
        # Another may have been renewed meanwhile, by somebody who knows nothing of this answer.
        if _access_or_none(session, connection) == token:
            ask_to_reconnect(session, connection, "rejected")


def ask_to_reconnect(session: Session, connection: GitHubConnection, reason: str) -> None:
    """Note that only a person can mend it, and have people told."""
    connection.state = ConnectionState.RECONNECT_NEEDED
    connection.refreshing_since = None
    at = repository.clock(session)
    auth.record(
        session,
        "github.grant_lost",
        workspace_id=connection.workspace_id,
        object_id=connection.id,
        outcome="failed",
        facts={"reason": reason, "login": connection.login},
    )
    announce(
        session,
        GitHubReconnectNeeded(connection.id, connection.workspace_id, connection.login, at),
        key=f"github:{connection.id}:{at.isoformat()}",
    )
    log.warning("github.reconnect_needed", connection_id=str(connection.id), reason=reason)


def _look(session: Session, connection_id: UUID) -> SecretStr | _Renewal | AppError | None:
    """A token that is good, or the task to renew it, or why there is none; None means to wait."""
    connection = repository.find(session, connection_id, for_update=True)
    if connection is None or connection.state is ConnectionState.LEAVING:
        return GitHubNotConnected()
    if connection.state is ConnectionState.RECONNECT_NEEDED:
        return GitHubReconnectRequired()
    now = repository.clock(session)
    since = connection.refreshing_since
    if since is not None and now - since < RENEWING_LIMIT:
        return None
    try:
        tokens = open_tokens(session, connection)
    except vault.SecretLost as error:
        ask_to_reconnect(session, connection, str(error))
        return GitHubReconnectRequired()
    if connection.token_expires_at is None or connection.token_expires_at - now > EARLY:
        return tokens.access
    if tokens.refresh is None:
        ask_to_reconnect(session, connection, "expired")
        return GitHubReconnectRequired()
    connection.refreshing_since = now
    return _Renewal(tokens.refresh, now)


def _renew(connection_id: UUID, renewal: _Renewal) -> SecretStr:
    outcome = oauth.refresh(renewal.refresh_token)
    with transaction() as session:
        connection = repository.find(session, connection_id, for_update=True)
        if connection is None or connection.refreshing_since != renewal.since:
            # Disconnected, connected anew, or taken over because we took too long.
            raise GitHubAway
        match outcome:
            case Granted():
                keep(session, connection, outcome)
            case Denied(code):
                ask_to_reconnect(session, connection, code)
            case TryLater():
                connection.refreshing_since = None
    match outcome:
        case Granted():
            return outcome.access_token
        case Denied():
            raise GitHubReconnectRequired
        case TryLater(reason):
            log.warning("github.not_renewed", connection_id=str(connection_id), reason=reason)
            raise GitHubAway


def _access_or_none(session: Session, connection: GitHubConnection) -> SecretStr | None:
    try:
        return open_tokens(session, connection).access
    except vault.SecretLost:
        return None
