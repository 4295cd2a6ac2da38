"""Proves that a call comes from somebody who knows a hook's secret."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ultra.jobs.hooks.kinds import SignatureKind
from ultra.kit.webhooks import BadSignature, Reason, verify

LONGEST_ID: Final = 256
GITHUB_SIGNATURE: Final = "x-hub-signature-256"
GITHUB_ID: Final = "x-github-delivery"
GITHUB_EVENT: Final = "x-github-event"


@dataclass(frozen=True)
class Identity:
    """What tells a repetition of a call."""

    external_id: str | None
    body_digest: bytes | None
    is_greeting: bool = False
    """GitHub's first call says only that it is there."""


def identify(
    kind: SignatureKind,
    secrets: Sequence[str],
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: datetime,
) -> Identity:
    """Verify the call first, then say what it is. Raises BadSignature."""
    if kind is SignatureKind.GITHUB:
        return _identify_github(secrets, headers, body)
    message_id = verify(secrets, headers, body, now=now)
    if len(message_id) > LONGEST_ID:
        raise BadSignature(Reason.HEADERS_MALFORMED)
    return Identity(message_id, None)


def _identify_github(secrets: Sequence[str], headers: Mapping[str, str], body: bytes) -> Identity:
    # https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    by_name = {name.lower(): value for name, value in headers.items()}
    claimed = by_name.get(GITHUB_SIGNATURE)
    if not claimed:
        raise BadSignature(Reason.HEADERS_MISSING)
    if not claimed.startswith("sha256=") or not claimed.isascii():
        raise BadSignature(Reason.HEADERS_MALFORMED)
    right = (
        "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        for secret in secrets
    )
    if not any(hmac.compare_digest(each, claimed) for each in right):
        raise BadSignature(Reason.NO_MATCH)
    # Neither the delivery's id nor a time is signed: who has seen one call could repeat it under
    # another id at any time. So a body counts once, whatever id it comes with.
    external_id = by_name.get(GITHUB_ID) or None
    if external_id and len(external_id) > LONGEST_ID:
        raise BadSignature(Reason.HEADERS_MALFORMED)
    # The header is not signed; that a greeting holds a line of zen is.
    is_greeting = by_name.get(GITHUB_EVENT) == "ping" and b'"zen"' in body
    return Identity(external_id, hashlib.sha256(body).digest(), is_greeting)
