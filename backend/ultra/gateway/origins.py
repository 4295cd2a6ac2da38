"""Which names we answer to, and which pages may call us with a person's cookies (CSRF, CORS).

Browsers say in Sec-Fetch-Site and Origin where a request comes from, and no page can forge that.
Only our own origins count: a sibling subdomain (same-site) is another site.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from ultra.kit.errors import AppError, Forbidden
from ultra.settings import settings

PROBES = frozenset({"/livez", "/readyz", "/metrics"})
"""Asked by machines that know us by an address alone."""
ALLOWED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
ALLOWED_HEADERS = (
    "Accept-Language, Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Range, "
    "Tus-Resumable, Upload-Length, Upload-Metadata, Upload-Offset, X-CSRF-Token"
)
EXPOSED_HEADERS = (
    "Content-Disposition, Location, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, "
    "RateLimit-Reset, Retry-After, Tus-Resumable, Upload-Length, Upload-Offset, X-Request-ID"
)
PREFLIGHT_SECONDS = 600


class CrossSiteRequest(Forbidden):
    tr = "Bu istek başka bir siteden geldiği için reddedildi."
    en = "This request was refused because it came from another site."


class UnknownHost(AppError):
    status = 421
    title = "Misdirected request"
    tr = "Bu sunucu, çağrıldığı adla tanınmıyor."
    en = "This server is not known by the name it was called by."


def set_up(app: Flask) -> None:
    app.before_request(_check_host)
    app.before_request(_answer_preflight)
    app.after_request(_allow_own_origins)


def is_own_host(host: str) -> bool:
    """Whether a Host header names us.

    Else somebody has turned a name of theirs to our address (DNS rebinding).
    """
    try:
        return (urlsplit(f"//{host}").hostname or "") in settings.hosts
    except ValueError:
        return False


def refuse_other_sites() -> None:
    """For a changing request that may bring cookies along: it must come from a page of ours.

    Raises CrossSiteRequest.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), _origin()
    if site is not None:
        if site != "same-origin" and origin not in settings.own_origins:
            raise CrossSiteRequest
    elif origin is not None:
        if not _is_own(origin):
            raise CrossSiteRequest
    elif request.cookies:
        # Every browser says where it comes from. What says nothing may act, but not in the name of
        # somebody whose cookies it happens to carry.
        raise CrossSiteRequest


def refuse_other_sites_readers() -> None:
    """For a stream of live events: only what certainly comes from elsewhere is refused."""
    site, origin = request.headers.get("Sec-Fetch-Site", "same-origin"), _origin()
    is_foreign_site = site not in {"same-origin", "none"} and origin not in settings.own_origins
    if is_foreign_site or (origin is not None and not _is_own(origin)):
        raise CrossSiteRequest


def _origin() -> str | None:
    """The origin of the page that sent this; "null" for one that must not be named."""
    if (origin := request.headers.get("Origin")) is not None:
        return origin
    if (referrer := request.headers.get("Referer")) is not None:
        try:
            parts = urlsplit(referrer)
        except ValueError:
            return "null"
        return f"{parts.scheme}://{parts.netloc}"
    return None


def _is_own(origin: str) -> bool:
    if origin in settings.own_origins:
        return True
    # The same machine by another of its names, such as 127.0.0.1 for localhost.
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    called = {request.host, request.headers.get("X-Forwarded-Host", request.host)}
    is_secure_enough = parts.scheme == "https" or not settings.is_https
    return is_secure_enough and parts.netloc in called and is_own_host(parts.netloc)


def _check_host() -> None:
    if request.path not in PROBES and not is_own_host(request.host):
        raise UnknownHost


def _answer_preflight() -> Response | None:
    """A browser asks whether another origin's page may send what it is about to send."""
    wanted = request.headers.get("Access-Control-Request-Method")
    if request.method != "OPTIONS" or wanted is None:
        return None
    if request.headers.get("Origin") not in settings.own_origins:
        # Without a word about origins the browser does not send it.
        return Response(status=204)
    return Response(
        status=204,
        headers={
            "Access-Control-Allow-Methods": ALLOWED_METHODS,
            "Access-Control-Allow-Headers": ALLOWED_HEADERS,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        },
    )


def _allow_own_origins(response: Response) -> Response:
    origin = request.headers.get("Origin")
    if settings.gateway.allowed_origins:
        response.vary.add("Origin")
    if origin is not None and origin in settings.own_origins:
        # Always one origin by its name: with credentials a * would be everybody's.
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
    return response
