"""What surrounds every request: its id, log line, metrics, body limit, security headers."""

import random
import time
from functools import cache
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request
from prometheus_client import Counter, Gauge, Histogram

from ultra.kit.log import get_logger
from ultra.settings import settings

log = get_logger()

REQUESTS = Counter(
    "ultra_http_requests_total", "Requests answered", ["service", "route", "method", "code"]
)
DURATION = Histogram(
    "ultra_http_request_duration_seconds",
    "Time from the first byte in to the response",
    ["service", "route", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
IN_FLIGHT = Gauge(
    "ultra_http_requests_in_flight", "Requests being answered", multiprocess_mode="livesum"
)

# An API answers data, never a page: nothing in it may run, frame or be sniffed into something else.
HEADERS = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
]
if settings.is_production:
    HEADERS.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
# Unless the handler says otherwise.
DEFAULTS = [
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    ("Cache-Control", "no-store"),
]
SECRET_PARTS = ("token",)
"""Parts of a path that are as good as a password: the links of our mails have them."""
QUIET = ("/livez", "/readyz", "/metrics")


def set_up(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_complete)
    app.teardown_request(_end)
    app.wsgi_app = _with_headers(app.wsgi_app)  # type: ignore[method-assign]


def _with_headers(app: Any) -> Any:
    """Add the headers below Flask: its header object would search itself for each of them."""

    def wrapped(environ: Any, start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            present = {name.lower() for name, _ in headers}
            headers += HEADERS
            headers += [pair for pair in DEFAULTS if pair[0].lower() not in present]
            return start_response(status, headers, *rest)

        return app(environ, start)

    return wrapped


def current_view() -> Any:
    """The handler that this request leads to; None for an unknown path."""
    return current_app.view_functions.get(request.endpoint) if request.endpoint else None


def _begin() -> None:
    g.started = time.perf_counter()
    # Never taken from the caller: whoever could choose it could forge traces. It is no secret, so
    # it is not worth a system call, which would hand the interpreter to another thread.
    g.request_id = f"{random.getrandbits(128):032x}"
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)
    IN_FLIGHT.inc()
    g.is_in_flight = True
    if not getattr(current_view(), "has_raw_body", False):
        request.max_content_length = settings.gateway.max_body_bytes


def _complete(response: Response) -> Response:
    g.status = response.status_code
    response.headers.add("X-Request-ID", g.request_id)
    return response


def _end(error: BaseException | None) -> None:
    if not g.pop("is_in_flight", False):
        return
    IN_FLIGHT.dec()
    seconds = time.perf_counter() - g.started
    # The rule, never the raw path: paths hold ids, and labels must stay few.
    route = request.url_rule.rule if request.url_rule else "unknown"
    service = request.blueprint.split("_")[0] if request.blueprint else "gateway"
    code = str(g.get("status", 500 if error else 200))
    count, duration = _meters(service, route, request.method, code)
    count.inc()
    duration.observe(seconds)
    if request.path not in QUIET:
        log.info(
            "request.answered",
            method=request.method,
            path=_shown_path(),
            route=route,
            status=code,
            milliseconds=round(seconds * 1000, 1),
        )


def _shown_path() -> str:
    """The path as it may stand in a log."""
    path = request.path
    if getattr(current_view(), "is_forwarded", False):
        # Only the other process knows which parts are keys; its own log names the rest.
        return "/".join(path.split("/")[:3])
    for name in SECRET_PARTS:
        if secret := (request.view_args or {}).get(name):
            path = path.replace(str(secret), "***")
    return path


@cache
def _meters(service: str, route: str, method: str, code: str) -> tuple[Counter, Histogram]:
    # Looking labels up costs more than counting.
    return REQUESTS.labels(service, route, method, code), DURATION.labels(service, route, method)
