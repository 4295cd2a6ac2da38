"""Systems outside that call hooks, honest ones and others."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ultra.kit.webhooks import sign

_numbers = count(1)


def address(hook: dict[str, Any]) -> str:
    return urlsplit(hook["url"]).path


def write(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def standard_headers(
    hook: dict[str, Any], body: Any, *, message_id: str | None = None, at: datetime | None = None
) -> dict[str, str]:
    """As Standard Webhooks lays it down."""
    message_id = message_id or f"msg_{next(_numbers)}"
    return sign([hook["secret"]], message_id, at or datetime.now(UTC), write(body))


def github_headers(
    hook: dict[str, Any], body: Any, *, delivery: str | None = None
) -> dict[str, str]:
    """As GitHub signs."""
    digest = hmac.new(hook["secret"].encode(), write(body), hashlib.sha256).hexdigest()
    return {
        "X-Hub-Signature-256": f"sha256={digest}",
        "X-GitHub-Event": "push",
        **({"X-GitHub-Delivery": delivery} if delivery else {}),
    }


def post(
    client: FlaskClient, hook: dict[str, Any], body: Any, headers: dict[str, str]
) -> TestResponse:
    """From a stranger: no cookies, none of a browser's headers."""
    stranger = client.application.test_client()
    return stranger.post(
        address(hook),
        data=write(body),
        headers={"Content-Type": "application/json", "Accept-Language": "en", **headers},
    )


def call(client: FlaskClient, hook: dict[str, Any], body: Any, **options: Any) -> TestResponse:
    """An honest call of the kind that the hook expects."""
    make = github_headers if hook["signature"] == "github" else standard_headers
    return post(client, hook, body, make(hook, body, **options))
