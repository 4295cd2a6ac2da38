"""Who sends a push message: the VAPID token of RFC 8292, checked as a push service does."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

LONGEST_LIFE = timedelta(hours=24)
_UNCOMPRESSED_POINT = 0x04


@dataclass(frozen=True)
class Verdict:
    """`trouble` is None for a sender who proved who it is."""

    trouble: str | None
    key: str | None = None
    """The sender's public key, base64url."""
    claims: dict[str, Any] | None = None


def check(authorization: str, origin: str, now: datetime) -> Verdict:
    """Read `vapid t=<token>, k=<key>` and judge it."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(re.findall(r"([tk])=([\w.-]+)", rest))
    if scheme.lower() != "vapid" or set(parts) != {"t", "k"}:
        return Verdict("the Authorization header must be: vapid t=<token>, k=<key>")
    try:
        claims = jwt.decode(parts["t"], _read_key(parts["k"]), algorithms=["ES256"]).claims
    except (JoseError, ValueError) as error:
        return Verdict(f"the token is not signed by the key: {error}", parts["k"])
    return Verdict(_judge(claims, origin, now), parts["k"], claims)


def _judge(claims: dict[str, Any], origin: str, now: datetime) -> str | None:
    expiry = claims.get("exp")
    if claims.get("aud") != origin:
        return f"aud must be {origin}"
    if not isinstance(expiry, int | float):
        return "exp must be a time"
    if expiry <= now.timestamp():
        return "exp is over"
    if expiry > (now + LONGEST_LIFE).timestamp():
        return "exp is more than 24 hours away"
    if not str(claims.get("sub", "")).startswith(("mailto:", "https://")):
        return "sub must be a mailto: or https: address"
    return None


def _read_key(text: str) -> ECKey:
    point = decode(text)
    if len(point) != 65 or point[0] != _UNCOMPRESSED_POINT:
        raise ValueError("the key must be an uncompressed point on P-256")
    x, y = encode(point[1:33]), encode(point[33:])
    return ECKey.import_key({"kty": "EC", "crv": "P-256", "x": x, "y": y})


def decode(text: str) -> bytes:
    """Base64url without padding to bytes; ValueError for anything else."""
    if not re.fullmatch(r"[\w-]*", text, re.ASCII):
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
