"""What the gateway and the other services may ask about people and sessions."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.cookies import ACCESS_COOKIE, REFRESH_COOKIE
from ultra.auth.sessions.devices import name_device
from ultra.auth.sessions.errors import SessionEnded
from ultra.auth.users import service as users
from ultra.auth.workspaces import service as workspaces
from ultra.kit.access import Actor
from ultra.kit.errors import Language

__all__ = [
    "ACCESS_COOKIE",
    "REFRESH_COOKIE",
    "Person",
    "SessionEnded",
    "check_session",
    "get_person",
    "identify",
    "member_ids",
    "members_of",
    "name_device",
    "operator_ids",
]


@dataclass(frozen=True)
class Person:
    """A person, as far as other services need to know one."""

    id: UUID
    email: str
    name: str
    locale: Language


def identify(token: str) -> Actor:
    """Who is calling. Raises NotSignedIn, or SessionEnded for a token of an ended session."""
    return sessions.identify(token)


def check_session(session_id: UUID) -> None:
    """Raises SessionEnded when the session lives no more."""
    sessions.check_session(session_id)


def member_ids(session: Session, workspace_id: UUID) -> list[UUID]:
    """Everybody who belongs to a workspace."""
    return workspaces.member_ids(session, workspace_id)


def members_of(session: Session, workspace_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Everybody who belongs to each of these workspaces."""
    return workspaces.members_of(session, workspace_ids)


def operator_ids(session: Session) -> list[UUID]:
    """Everybody who looks after this installation."""
    return users.operator_ids(session)


def get_person(session: Session, user_id: UUID) -> Person:
    """Raises NotFound."""
    user = users.get(session, user_id)
    return Person(user.id, user.email, user.name, user.locale.value)
