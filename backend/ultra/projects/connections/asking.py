"""What is kept of a person who is at GitHub, granting access: in Redis, for ten minutes, read once.

A cookie of that browser names it. Whoever lures somebody onto the callback with a code of their own
has no such cookie there, and one of theirs names another state.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from ultra.kit.crypto import digest, new_secret
from ultra.kit.errors import Language
from ultra.kit.redis import redis
from ultra.settings import settings

COOKIE: Final = f"{settings.cookie_prefix}_github"
SECONDS: Final = 600


@dataclass(frozen=True)
class Asking:
    """Who asked, from which session, for which workspace; and the secrets of the request."""

    user_id: UUID
    workspace_id: UUID
    session_id: UUID
    language: Language
    state: str
    verifier: str


_shape = TypeAdapter(Asking)


def begin(
    user_id: UUID, workspace_id: UUID, session_id: UUID, language: Language
) -> tuple[Asking, str]:
    """Keep it; the second value is for the cookie."""
    asking = Asking(user_id, workspace_id, session_id, language, new_secret(), new_secret())
    name = new_secret()
    redis.set(_key(name), _shape.dump_json(asking).decode(), ex=SECONDS)
    return asking, name


def take(name: str, state: str) -> Asking | None:
    """Read it once, rightly or not; None for another browser's, an old or a forged one."""
    kept = redis.getdel(_key(name)) if name else None
    if not isinstance(kept, str):
        return None
    asking = _shape.validate_json(kept)
    return asking if hmac.compare_digest(asking.state.encode(), state.encode()) else None


def challenge_of(verifier: str) -> str:
    """What PKCE shows of a verifier."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _key(name: str) -> str:
    return f"github-asking:{digest(name).hex()}"
