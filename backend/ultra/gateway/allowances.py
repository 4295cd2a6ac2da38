"""How many requests a caller may send, and the headers that tell them what is left.

A signed-in page is counted by its session and an API key by itself; strangers by their address.
"""

from flask import Flask, Response, g, request

from ultra.kit import limits
from ultra.kit.access import Actor
from ultra.kit.limits import Allowance


def set_up(app: Flask) -> None:
    app.after_request(_tell)


def count(actor: Actor | None) -> None:
    """Count this request. Raises TooMany."""
    if actor is None:
        limits.check("api", "address", limits.network_of(request.remote_addr))
    elif actor.session_id is None:
        limits.check("api", "key", str(actor.key_id))
    else:
        limits.check("session", str(actor.session_id))


def _tell(response: Response) -> Response:
    found: list[Allowance] = g.get("allowances", [])
    # A process behind this one has counted already, and knows better.
    if found and "RateLimit-Limit" not in response.headers:
        scarcest = min(found, key=lambda each: each.remaining / each.limit)
        response.headers["RateLimit-Limit"] = str(scarcest.limit)
        response.headers["RateLimit-Remaining"] = str(scarcest.remaining)
        response.headers["RateLimit-Reset"] = str(scarcest.reset_seconds)
        response.headers["RateLimit-Policy"] = (
            f'"{scarcest.bucket}";q={scarcest.limit};w={scarcest.window_seconds}'
        )
    return response
