"""Who is calling, and what a route asks of them.

`gateway.access` fills the actor once per request; routes name a scope, services take the actor.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from flask import g, has_request_context

from ultra.kit.errors import Forbidden, NotSignedIn


class Scope(StrEnum):
    """What a route asks of its caller; PUBLIC asks for nothing."""

    PUBLIC = "public"
    ACCOUNT = "account"
    """One's own account: any signed-in person."""
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


EVERYTHING = frozenset(Scope) - {Scope.OPERATE}
"""What a member may do in their own workspace."""


@dataclass(frozen=True)
class Actor:
    """A signed-in person acting in one workspace."""

    user_id: UUID
    workspace_id: UUID
    session_id: UUID
    scopes: frozenset[Scope]


def current_actor() -> Actor:
    """The caller of this request. Raises NotSignedIn outside of one or for an anonymous caller."""
    actor = g.get("actor") if has_request_context() else None
    if not isinstance(actor, Actor):
        raise NotSignedIn
    return actor


def require(scope: Scope) -> None:
    """Refuse a caller who lacks the scope."""
    if scope is not Scope.PUBLIC and scope not in current_actor().scopes:
        raise Forbidden
