"""From where an action came: what the request says, when there is one."""

from dataclasses import dataclass

from flask import g, has_request_context, request

from ultra.kit.access import Actor


@dataclass(frozen=True)
class Origin:
    """None everywhere for background work."""

    actor: Actor | None = None
    ip: str | None = None
    user_agent: str | None = None
    request_id: str | None = None


def here() -> Origin:
    """The origin of whatever is happening now."""
    if not has_request_context():
        return Origin()
    actor = g.get("actor")
    return Origin(
        actor if isinstance(actor, Actor) else None,
        request.remote_addr,
        request.headers.get("User-Agent", "").replace("\0", "")[:400] or None,
        g.get("request_id"),
    )
