"""`POST /api/csp-reports`: browsers tell what the pages' policy kept from running.

What is noted are the rule and the origins, never a whole address: a page's address may hold the key
of a letter, and text that a page wanted to run may hold anything.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request

from ultra.gateway import openapi
from ultra.kit import limits
from ultra.kit.errors import TooLarge
from ultra.kit.log import get_logger

log = get_logger()

LONGEST = 16_384
MOST = 20
KINDS = frozenset({"application/csp-report", "application/reports+json"})


def set_up(app: Flask) -> None:
    take_reports.ignores_cookies = True  # type: ignore[attr-defined]
    openapi.add(app, "/api/csp-reports", take_reports, methods=["POST"])


def take_reports() -> Response:
    """Note them; whatever is no report is dropped without a word, as browsers read no answer."""
    limits.check("reports", limits.network_of(request.remote_addr))
    if request.mimetype not in KINDS:
        return Response(status=415)
    request.max_content_length = LONGEST
    if (request.content_length or 0) > LONGEST:
        raise TooLarge
    for number, report in enumerate(_read(request.get_data())):
        if number == MOST:
            break
        log.warning("csp.violated", **report)
    return Response(status=204)


def _read(body: bytes) -> Iterator[dict[str, str]]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return
    for each in found if isinstance(found, list) else [found]:
        if not isinstance(each, dict):
            continue
        # The older form (report-uri) writes its names with hyphens, the newer one without.
        inner = each.get("csp-report", each.get("body"))
        if isinstance(inner, dict):
            yield {
                "rule": _word(
                    inner.get("effective-directive")
                    or inner.get("violated-directive")
                    or inner.get("effectiveDirective")
                ),
                "blocked": _origin(inner.get("blocked-uri") or inner.get("blockedURL")),
                "page": _origin(inner.get("document-uri") or inner.get("documentURL")),
            }


def _word(value: Any) -> str:
    first = value.split(" ")[0][:40] if isinstance(value, str) else ""
    return first if first.replace("-", "").isalpha() and first.isascii() else "unknown"


def _origin(value: Any) -> str:
    """The origin alone, or a word such as `inline`."""
    if not isinstance(value, str):
        return "unknown"
    try:
        parts = urlsplit(value[:2000])
        host = parts.hostname or ""
    except ValueError:
        return "unknown"
    if parts.scheme in {"http", "https", "ws", "wss"} and host.isascii():
        return f"{parts.scheme}://{host[:100]}"
    return _word(value if not parts.scheme else parts.scheme)
