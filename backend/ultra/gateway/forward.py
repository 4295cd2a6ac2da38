"""Hands a service's requests to the process where it runs, streaming both ways.

The other process checks the caller itself, so nothing is added here but the way there.
"""

from collections.abc import Iterator

import structlog
import urllib3
from flask import Blueprint, Response, g, request
from urllib3.exceptions import HTTPError

from ultra.auth import public as auth
from ultra.gateway.requests import HEADERS
from ultra.kit.access import Scope
from ultra.kit.errors import Unavailable
from ultra.kit.log import get_logger

log = get_logger()

CHUNK = 65_536
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# Meant for one hop only (RFC 9110 §7.6.1); Host is the other process's own.
HOP_BY_HOP = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "transfer-encoding", "upgrade", "host",
}  # fmt: skip

# Said by this process itself.
NOT_PASSED_ON = {*HOP_BY_HOP, "x-request-id", *(name.lower() for name, _ in HEADERS)}

# Where a service answers besides /api/<service>.
FURTHER_PATHS = {"auth": ("workspaces", "invitations", "audit")}

_pool = urllib3.PoolManager(maxsize=32, block=False, retries=False)


def make_blueprint(service: str, url: str) -> Blueprint:
    """A blueprint that takes /api/<service> and everything below it, and what else is its own."""
    blueprint = Blueprint(f"{service}_forward", __name__, url_prefix="/api")
    base = url.rstrip("/")

    def forward(**_: str) -> Response:
        query = request.query_string.decode("latin-1")
        target = f"{base}{request.path}" + (f"?{query}" if query else "")
        headers = _headers_for(service)
        has_body = request.content_length is not None or "chunked" in request.headers.get(
            "Transfer-Encoding", ""
        )
        try:
            answer = _pool.request(
                request.method,
                target,
                headers=headers,
                body=request.stream if has_body else None,
                preload_content=False,
                decode_content=False,
                redirect=False,
                timeout=urllib3.Timeout(connect=3, read=120),
            )
        except HTTPError as error:
            log.warning("forward.failed", service=service, error=str(error)[:200])
            raise Unavailable from error
        # One id for the caller and for the log lines of both processes: the one in the answer.
        g.request_id = answer.headers.get("X-Request-ID", g.request_id)
        structlog.contextvars.bind_contextvars(request_id=g.request_id)
        kept = [(k, v) for k, v in answer.headers.items() if k.lower() not in NOT_PASSED_ON]
        response = Response(_stream(answer), answer.status, kept, direct_passthrough=True)
        response.call_on_close(answer.release_conn)
        return response

    forward.access = Scope.PUBLIC  # type: ignore[attr-defined]
    forward.has_raw_body = True  # type: ignore[attr-defined]
    forward.is_forwarded = True  # type: ignore[attr-defined]
    for name in (service, *FURTHER_PATHS.get(service, ())):
        for rule in (f"/{name}", f"/{name}/", f"/{name}/<path:path>"):
            blueprint.add_url_rule(rule, "forward", forward, methods=METHODS)
    return blueprint


def _headers_for(service: str) -> dict[str, str]:
    """The request's headers, with the caller's address as this process knows it."""
    headers = {k: v for k, v in request.headers.items() if k.lower() not in HOP_BY_HOP}
    headers.setdefault("X-Forwarded-Host", request.host)
    headers["X-Forwarded-For"] = request.remote_addr or ""
    if service != "auth" and "Cookie" in headers:
        # The refresh token continues a session for weeks: only the service that owns it may see it.
        secret = (f"{auth.REFRESH_COOKIE}=", f"{auth.OLD_REFRESH_COOKIE}=")
        cookies = headers["Cookie"].split("; ")
        headers["Cookie"] = "; ".join(each for each in cookies if not each.startswith(secret))
    return headers


def _stream(answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    yield from answer.stream(CHUNK, decode_content=False)
