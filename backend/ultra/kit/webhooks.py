"""Signatures of webhooks, both ways, as Standard Webhooks lays them down.

Signed is `id.timestamp.body` with HMAC-SHA-256. The library of that standard raises errors of many
kinds for a header that a stranger wrote, so this is ours: whatever is wrong is one BadSignature.
Tests check it against that library.
"""

import base64
import hmac
import secrets as randomness
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

PREFIX: Final = "whsec_"
TOLERANCE: Final = timedelta(minutes=5)
"""How far a sender's clock, or a message on its way, may be off; older ones may be replays."""
_LONGEST_HEADER: Final = 4096


class Reason(StrEnum):
    """Why a signature is not believed; for the log and the person who set the hook up."""

    HEADERS_MISSING = "headers_missing"
    HEADERS_MALFORMED = "headers_malformed"
    TOO_OLD = "too_old"
    TOO_NEW = "too_new"
    NO_MATCH = "no_match"


class BadSignature(Exception):
    """The message does not come from someone who knows the secret, or not from now."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def make_secret() -> str:
    """Make a secret for one endpoint: 32 random bytes."""
    return PREFIX + base64.b64encode(randomness.token_bytes(32)).decode()


def sign(secrets: Sequence[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers; every secret adds a signature, so that rotation loses nothing.

    `at` is the time of this attempt; the id stays the same when the message is sent again.
    """
    if at.tzinfo is None:
        raise ValueError("the time of a signature needs its zone")
    if not message_id or "." in message_id:
        # The dot parts id, time and body: an id with one could be read in two ways.
        raise ValueError(f"not an id for a webhook: {message_id!r}")
    timestamp = str(int(at.timestamp()))
    signatures = (_sign_once(secret, message_id, timestamp, body) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(
            "v1," + base64.b64encode(each).decode() for each in signatures
        ),
    }


def verify(
    secrets: Sequence[str], headers: Mapping[str, str], body: bytes, *, now: datetime
) -> str:
    """Return the message's id; raise BadSignature for whatever is wrong with headers or body.

    The id tells a repetition: remembering it is the caller's part. Our own `secrets` must be ones
    that `key_of` can read.
    """
    by_name = {name.lower(): value for name, value in headers.items()}
    message_id = by_name.get("webhook-id", "")
    timestamp = by_name.get("webhook-timestamp", "")
    claimed = by_name.get("webhook-signature", "")
    if not (message_id and timestamp and claimed):
        raise BadSignature(Reason.HEADERS_MISSING)
    if len(message_id) + len(claimed) > _LONGEST_HEADER or "." in message_id:
        raise BadSignature(Reason.HEADERS_MALFORMED)
    age = now - _read_time(timestamp)
    if age > TOLERANCE:
        raise BadSignature(Reason.TOO_OLD)
    if age < -TOLERANCE:
        raise BadSignature(Reason.TOO_NEW)
    signatures = _read_signatures(claimed)
    for secret in secrets:
        right = _sign_once(secret, message_id, timestamp, body)
        for signature in signatures:
            if hmac.compare_digest(right, signature):
                return message_id
    raise BadSignature(Reason.NO_MATCH)


def key_of(secret: str) -> bytes:
    """Return the bytes behind `whsec_…`; raise ValueError for something else."""
    encoded = secret.removeprefix(PREFIX)
    # Some programs leave out the padding.
    padded = encoded + "=" * (-len(encoded) % 4)
    key = base64.b64decode(padded, validate=True)
    if not key:
        raise ValueError("the secret of a webhook is empty")
    return key


def _sign_once(secret: str, message_id: str, timestamp: str, body: bytes) -> bytes:
    # A lone surrogate stands for a byte that was no text: it can be signed, and matches nothing.
    start = f"{message_id}.{timestamp}.".encode(errors="surrogatepass")
    return hmac.digest(key_of(secret), start + body, "sha256")


def _read_time(timestamp: str) -> datetime:
    # int() alone would take signs, blanks, underscores and the digits of every script.
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11):
        raise BadSignature(Reason.HEADERS_MALFORMED)
    return datetime.fromtimestamp(int(timestamp), UTC)


def _read_signatures(header: str) -> list[bytes]:
    """Those of version 1; others, such as v1a, may stand beside them and are not ours to read."""
    found = []
    for part in header.split():
        version, _, encoded = part.partition(",")
        if version != "v1":
            continue
        try:
            found.append(base64.b64decode(encoded, validate=True))
        except ValueError:
            continue
    if not found:
        raise BadSignature(Reason.HEADERS_MALFORMED)
    return found
