"""Who is calling: filled in once per request, before input is looked at.

Every process checks the caller itself; there is no trusted internal header. A changing request that
lives on cookies is checked in this order (docs/decisions/0027): where it comes from, what kind of
body it brings, who is signed in, the token that only our own pages can read.
"""

from typing import Any

import structlog
from flask import Flask, g, request
from werkzeug.exceptions import UnsupportedMediaType

from ultra.auth import public as auth
from ultra.gateway import allowances
from ultra.gateway.origins import refuse_other_sites
from ultra.gateway.requests import current_view
from ultra.kit.access import Actor, Scope, require
from ultra.kit.errors import NotSignedIn
from ultra.kit.http import bearer_token

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
CSRF_HEADER = "X-CSRF-Token"


def set_up(app: Flask) -> None:
    app.before_request(_check)


def _check() -> None:
    view = current_view()
    if view is None:
        return
    scope: Scope = view.access
    bearer = bearer_token()
    # Cookies travel by themselves; a token in a header has to be put there by whoever knows it.
    may_be_forced = bearer is None and request.method not in SAFE_METHODS
    if may_be_forced and not getattr(view, "ignores_cookies", False):
        refuse_other_sites()
    _check_kind_of_body(view)
    if scope is Scope.PUBLIC:
        _count_stranger(view)
        return
    try:
        actor = _identify(bearer or auth.access_cookie())
    except NotSignedIn:
        # Guessed tokens are counted as well.
        _count_stranger(view)
        raise
    if may_be_forced:
        auth.check_csrf_token(request.headers.get(CSRF_HEADER), actor.own_session_id)
    _welcome(view, actor)
    require(scope)


def _identify(token: str | None) -> Actor:
    if not token:
        raise NotSignedIn
    return auth.identify(token, request.remote_addr)


def _welcome(view: Any, actor: Actor) -> None:
    g.actor = actor
    structlog.contextvars.bind_contextvars(
        user_id=str(actor.user_id), workspace_id=str(actor.workspace_id)
    )
    # The pieces of an upload are bounded by its size.
    if not getattr(view, "has_raw_body", False):
        allowances.count(actor)


def _count_stranger(view: Any) -> None:
    is_uncounted = getattr(view, "is_probe", False) or getattr(view, "is_forwarded", False)
    if not is_uncounted:
        allowances.count(None)


def _check_kind_of_body(view: Any) -> None:
    """JSON routes take JSON that says so: a form of another site cannot, unless it asks first."""
    if not getattr(view, "takes_json", False):
        return
    has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
    if has_body and not request.is_json:
        raise UnsupportedMediaType
