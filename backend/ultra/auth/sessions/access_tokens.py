"""Access tokens: ES256 JSON Web Tokens that say who and which session, and nothing that may change.

They live for minutes; whether the session still lives is asked at each request (see `records`).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry

from ultra.auth.sessions.signing_keys import key_ring
from ultra.kit.clock import now
from ultra.kit.errors import NotSignedIn
from ultra.kit.ids import new_id
from ultra.settings import settings

ALGORITHM = "ES256"
TYPE = "at+jwt"
AUDIENCE = "ultra-api"
LEEWAY_SECONDS = 30
LONGEST = 4096
"""Nothing longer is even looked at; ours have about 450 characters."""

_registry = JWSRegistry(algorithms=[ALGORITHM])


@dataclass(frozen=True)
class Claims:
    user_id: UUID
    session_id: UUID


def issue(user_id: UUID, session_id: UUID) -> str:
    """A token that is valid from now on for the configured minutes."""
    key = key_ring.signing()
    issued_at = now()
    claims = {
        "iss": settings.website_url,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "sid": str(session_id),
        "jti": new_id().hex,
        "iat": int(issued_at.timestamp()),
        "exp": int((issued_at + timedelta(minutes=settings.auth.access_minutes)).timestamp()),
    }
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}
    return jwt.encode(header, claims, key, registry=_registry)


def verify(token: str) -> Claims:
    """The one place where an access token is believed. Raises NotSignedIn for any doubt."""
    if len(token) > LONGEST:
        raise NotSignedIn
    try:
        found = jwt.decode(token, _find_key, registry=_registry)
        if found.header.get("typ") != TYPE:
            raise NotSignedIn
        rules = jwt.JWTClaimsRegistry(
            now=int(now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": settings.website_url},
            aud={"essential": True, "value": AUDIENCE},
            sub={"essential": True},
            sid={"essential": True},
            jti={"essential": True},
            iat={"essential": True},
            exp={"essential": True},
        )
        rules.validate(found.claims)
        return Claims(UUID(found.claims["sub"]), UUID(found.claims["sid"]))
    # Beside the library's own errors: claims that are no UUIDs (or no text), text that is no UTF-8.
    except (JoseError, ValueError, AttributeError) as error:
        raise NotSignedIn from error


def _find_key(guest: Any) -> ECKey:
    """The key by its id in our own table; a key or an address in the header is never looked at."""
    kid = guest.headers().get("kid")
    key = key_ring.find(kid) if isinstance(kid, str) else None
    if key is None:
        raise NotSignedIn
    return key
