"""Rotation of refresh tokens: each is used once, and one that comes again later betrays a copy.

- unused: mark it used and make its successor, in one transaction;
- used a moment ago: a lost answer or a second tab, which gets the same successor again;
- used before that, or its successor was used as well: somebody has a copy, so the session ends for
  everybody.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from prometheus_client import Counter
from sqlalchemy.orm import Session

from ultra.auth.sessions import repository
from ultra.kit.crypto import derive_key, digest, new_secret, seal, unseal
from ultra.settings import settings

GRACE = Counter("ultra_auth_refresh_grace_total", "Used refresh tokens answered in the grace time")
REUSE = Counter("ultra_auth_refresh_reuse_total", "Sessions ended because a used token came again")


@dataclass(frozen=True)
class Rotated:
    """The way goes on, for this session and with this token."""

    session_id: UUID
    token: str
    is_step: bool
    """Whether this call made the step, or repeats the answer of the one that did."""


@dataclass(frozen=True)
class Stolen:
    """A used token came again: the session is to be ended."""

    session_id: UUID


def issue_first(session: Session, session_id: UUID) -> str:
    token = new_secret()
    repository.insert_token(session, session_id, digest(token), generation=1)
    return token


def rotate(session: Session, token: str) -> Rotated | Stolen | None:
    """Step to the token's successor; None for a token that nobody knows."""
    successor = new_secret()
    session_id = repository.rotate_token(
        session,
        digest(token),
        successor_digest=digest(successor),
        sealed_successor=seal(_key_of(token), successor.encode(), context=_context(token)),
    )
    if session_id:
        return Rotated(session_id, successor, is_step=True)
    grace = timedelta(seconds=settings.auth.reuse_grace_seconds)
    used = repository.find_used_token(session, digest(token), grace)
    if used is None:
        return None
    if not (used.is_recent and used.is_successor_unused and used.sealed_successor):
        REUSE.inc()
        return Stolen(used.session_id)
    GRACE.inc()
    plain = unseal(_key_of(token), used.sealed_successor, context=_context(token))
    return Rotated(used.session_id, plain.decode(), is_step=False)


def _key_of(token: str) -> bytes:
    return hmac.new(derive_key("refresh successor"), token.encode(), hashlib.sha256).digest()


def _context(token: str) -> str:
    return f"refresh_tokens.sealed_successor:{digest(token).hex()}"
