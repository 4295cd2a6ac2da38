"""Who is calling, and what a route asks of them.

`gateway.access` fills the actor once per request; routes name a scope, services take the actor.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from flask import g, has_request_context

from ultra.kit.clock import now
from ultra.kit.errors import Forbidden, NotSignedIn


class Scope(StrEnum):
    """What a route asks of its caller; PUBLIC asks for nothing."""

    PUBLIC = "public"
    ACCOUNT = "account"
    """One's own account: any signed-in person, and never an API key."""
    WORKSPACE_READ = "workspace:read"
    """The workspace's name and its members."""
    WORKSPACE_WRITE = "workspace:write"
    WORKSPACE_OWN = "workspace:own"
    """Giving the workspace away, taking all of its data along, deleting it."""
    MEMBERS_WRITE = "members:write"
    """Inviting people, changing their roles, removing them."""
    AUDIT_READ = "audit:read"
    CONNECTIONS_WRITE = "connections:write"
    """Accounts at other services that the workspace is connected to."""
    PROJECTS_READ = "projects:read"
    PROJECTS_WRITE = "projects:write"
    VIDEO_READ = "video:read"
    VIDEO_WRITE = "video:write"
    JOBS_READ = "jobs:read"
    JOBS_WRITE = "jobs:write"
    NOTIFICATIONS = "notifications"
    """One's own notifications, their preferences and devices."""
    WEBHOOKS_WRITE = "webhooks:write"
    """A workspace's webhooks in both directions."""
    OPERATE = "operate"
    """The whole installation, across workspaces: its operators only."""


RECENT = timedelta(minutes=10)
"""For so long after proving who one is, sensitive things may be done without proving it again."""


class StepUpNeeded(Forbidden):
    tr = "Devam etmeden önce kimliğinizi yeniden doğrulayın."
    en = "Please confirm that it is you before you go on."


class SecondFactorRequired(Forbidden):
    title = "Second factor required"
    tr = (
        "Bu çalışma alanı ikinci bir doğrulama adımı istiyor. Güvenlik ayarlarınızdan bir "
        "doğrulama uygulaması veya geçiş anahtarı ekleyin."
    )
    en = (
        "This workspace asks for a second factor. Add an authenticator app or a passkey in your "
        "security settings."
    )


@dataclass(frozen=True)
class Actor:
    """A signed-in person, or one of their API keys, acting in one workspace."""

    user_id: UUID
    workspace_id: UUID
    session_id: UUID | None
    """None for an API key."""
    scopes: frozenset[Scope]
    authenticated_at: datetime | None = None
    """When the person last proved who they are, in this session."""
    key_id: UUID | None = None
    lacks_second_factor: bool = False
    """Their workspace demands a second factor, and they have none."""

    @property
    def own_session_id(self) -> UUID:
        """The session by which a person is here. Raises Forbidden for an API key."""
        if self.session_id is None:
            raise Forbidden
        return self.session_id


def current_actor() -> Actor:
    """The caller of this request. Raises NotSignedIn outside of one or for an anonymous caller."""
    actor = g.get("actor") if has_request_context() else None
    if not isinstance(actor, Actor):
        raise NotSignedIn
    return actor


def require(scope: Scope) -> None:
    """Refuse a caller who lacks the scope, or whom their workspace keeps out.

    Whoever is kept out can still reach their account, to add what is missing, or to go elsewhere.
    Raises Forbidden, SecondFactorRequired.
    """
    if scope is Scope.PUBLIC:
        return
    actor = current_actor()
    if scope is not Scope.ACCOUNT:
        refuse_without_second_factor(actor)
    if scope not in actor.scopes:
        raise Forbidden


def refuse_without_second_factor(actor: Actor) -> None:
    """Raises SecondFactorRequired."""
    if actor.lacks_second_factor:
        raise SecondFactorRequired


def require_recent() -> None:
    """Refuse a caller whose last proof of who they are is too long ago; an API key never has one.

    Raises StepUpNeeded.
    """
    proved_at = current_actor().authenticated_at
    if proved_at is None or now() - proved_at > RECENT:
        raise StepUpNeeded
