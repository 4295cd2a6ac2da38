"""Who is calling: filled in once per request, before input is looked at.

Every process checks the caller itself; there is no trusted internal header.
"""

from urllib.parse import urlsplit

import structlog
from flask import Flask, g, request

from ultra.auth import public as auth
from ultra.gateway.requests import current_view
from ultra.kit.access import Scope, require
from ultra.kit.errors import Forbidden, NotSignedIn
from ultra.kit.http import bearer_token
from ultra.settings import settings

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class CrossSiteRequest(Forbidden):
    tr = "Bu istek başka bir siteden geldiği için reddedildi."
    en = "This request was refused because it came from another site."


def set_up(app: Flask) -> None:
    app.before_request(_check)


def _check() -> None:
    view = current_view()
    if view is None:
        return
    scope: Scope = view.access
    is_safe = request.method in SAFE_METHODS
    if scope is Scope.PUBLIC and is_safe:
        return
    token = bearer_token()
    if token is None and not is_safe:
        _refuse_other_sites()
    if scope is Scope.PUBLIC:
        return
    token = token or request.cookies.get(auth.ACCESS_COOKIE)
    if not token:
        raise NotSignedIn
    actor = auth.identify(token)
    g.actor = actor
    structlog.contextvars.bind_contextvars(
        user_id=str(actor.user_id), workspace_id=str(actor.workspace_id)
    )
    require(scope)


def _refuse_other_sites() -> None:
    """Cookies travel by themselves, so a changing request must prove that our own page sent it.

    Browsers say so in Sec-Fetch-Site and Origin, which no page can forge. A sibling subdomain
    (same-site) is not trusted.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site == "same-origin":
        return
    origin = request.headers.get("Origin")
    if origin is None:
        # No browser of the last years leaves out both; older ones keep our cookies (SameSite=Lax)
        # out of another site's changing request. So this is a script, with cookies of its own.
        if site is not None:
            raise CrossSiteRequest
        return
    if origin in {settings.website_url, *settings.gateway.allowed_origins}:
        return
    own_hosts = {request.host, request.headers.get("X-Forwarded-Host", request.host)}
    if site is None and urlsplit(origin).netloc in own_hosts:
        return
    raise CrossSiteRequest
