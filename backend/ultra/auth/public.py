"""What the gateway and the other services may ask about people and sessions."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.audit.service import CHAIN_BROKEN as AUDIT_CHAIN_BROKEN
from ultra.auth.audit.service import changes, record
from ultra.auth.keys import service as keys
from ultra.auth.letters.kinds import FACTORS
from ultra.auth.members.removal import before_removal
from ultra.auth.people.repository import Person as Account
from ultra.auth.people.service import FactorsReset, reset_factors, set_operator
from ultra.auth.people.service import close as close_account
from ultra.auth.people.service import end_sessions as end_sessions_of
from ultra.auth.people.service import find_by_email as get_account
from ultra.auth.people.service import open_again as open_account
from ultra.auth.people.service import page as list_accounts
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.cookies import (
    ACCESS_COOKIE,
    CSRF_COOKIE,
    OLD_REFRESH_COOKIE,
    REFRESH_COOKIE,
    access_cookie,
)
from ultra.auth.sessions.csrf import check as check_csrf_token
from ultra.auth.sessions.devices import name_device
from ultra.auth.sessions.errors import SessionEnded
from ultra.auth.sessions.signing_keys import announce as announce_signing_key
from ultra.auth.sessions.signing_keys import key_ring
from ultra.auth.sessions.signing_keys import list_states as list_signing_keys
from ultra.auth.sessions.signing_keys import replace_all as replace_signing_keys
from ultra.auth.users import service as users
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.repository import is_resting
from ultra.kit.access import Actor, Scope
from ultra.kit.errors import Language, NotFound
from ultra.kit.roles import scopes_of

__all__ = [
    "ACCESS_COOKIE",
    "AUDIT_CHAIN_BROKEN",
    "CSRF_COOKIE",
    "FACTORS",
    "OLD_REFRESH_COOKIE",
    "REFRESH_COOKIE",
    "Account",
    "Device",
    "FactorsReset",
    "Person",
    "SessionEnded",
    "access_cookie",
    "announce_signing_key",
    "before_removal",
    "changes",
    "check_csrf_token",
    "check_session",
    "close_account",
    "end_sessions_of",
    "find_device",
    "get_account",
    "get_person",
    "identify",
    "is_open",
    "is_resting",
    "list_accounts",
    "list_signing_keys",
    "lives",
    "may",
    "member_ids",
    "members_of",
    "name_device",
    "open_account",
    "operator_ids",
    "public_keys",
    "record",
    "replace_signing_keys",
    "reset_factors",
    "session_lives",
    "set_operator",
    "workspace_names",
]


@dataclass(frozen=True)
class Device:
    """From where somebody signed in."""

    name: str
    ip: str


@dataclass(frozen=True)
class Person:
    """A person, as far as other services need to know one."""

    id: UUID
    email: str
    name: str
    locale: Language


def identify(token: str, ip: str | None = None) -> Actor:
    """Who is calling, by an access token or an API key, from this address.

    Raises NotSignedIn, or SessionEnded for a token of an ended session.
    """
    if keys.is_key(token):
        return keys.identify(token, ip)
    return sessions.identify(token)


def public_keys() -> list[dict[str, Any]]:
    """The keys that verify access tokens, as JSON Web Keys."""
    return key_ring.public_keys()


def find_device(session: Session, session_id: UUID, language: Language) -> Device | None:
    """The device of a session, also of one that has ended; None once it is forgotten."""
    try:
        found = sessions.describe(session, session_id, language)
    except NotFound:
        return None
    return Device(found.name, found.ip)


def check_session(session_id: UUID) -> UUID:
    """The workspace that a session is in. Raises SessionEnded when it lives no more.

    SecondFactorRequired when its person is kept out of that workspace.
    """
    return sessions.check_session(session_id)


def session_lives(session: Session, session_id: UUID) -> bool:
    """Whether the session is still open; for background work, by the database alone."""
    return sessions.lives(session, session_id)


def is_open(session: Session, user_id: UUID) -> bool:
    """Whether there is such an account and nobody has closed it."""
    return users.is_open(session, user_id)


def member_ids(session: Session, workspace_id: UUID) -> list[UUID]:
    """Everybody who belongs to a workspace and may see what happens there."""
    return workspaces.member_ids(session, workspace_id)


def members_of(session: Session, workspace_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Everybody who belongs to each of these workspaces and may see what happens there."""
    return workspaces.members_of(session, workspace_ids)


def lives(session: Session, workspace_id: UUID) -> bool:
    """Whether there is such a workspace; one that was deleted and may come back does not count."""
    return workspaces.lives(session, workspace_id)


def workspace_names(session: Session, user_id: UUID) -> dict[UUID, str]:
    """What the workspaces that a person may go to are called."""
    return workspaces.names_of(session, user_id)


def operator_ids(session: Session) -> list[UUID]:
    """Everybody who looks after this installation."""
    return users.operator_ids(session)


def get_person(session: Session, user_id: UUID) -> Person:
    """Raises NotFound."""
    user = users.get(session, user_id)
    return Person(user.id, user.email, user.name, user.locale.value)


def may(session: Session, user_id: UUID, workspace_id: UUID, scope: Scope) -> bool:
    """Whether a person who is not here at the moment may do this there, by their present role."""
    standing = workspaces.standing_in(session, user_id, workspace_id)
    if standing is None or standing.lacks_second_factor:
        return False
    return scope in scopes_of(standing.role)
