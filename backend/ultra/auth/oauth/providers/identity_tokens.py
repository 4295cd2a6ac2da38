"""Identity tokens (OpenID Connect): the one place where one is believed."""

from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from ultra.auth.oauth.providers.calls import refused
from ultra.kit.clock import now

ALGORITHM = "RS256"
LEEWAY_SECONDS = 60
LONGEST = 16_384

_registry = JWSRegistry(algorithms=[ALGORITHM])


class KeyUnknown(Exception):
    """The token names a key that is not among these: perhaps it is newer than they are."""


def verify(
    token: str, keys: dict[str, RSAKey], *, issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """The token's claims. Raises KeyUnknown, or ProviderAnswerRefused for any other doubt."""

    def find_key(guest: Any) -> RSAKey:
        # By its id among the provider's own; a key or an address in the header is not looked at.
        kid = guest.headers().get("kid")
        if not isinstance(kid, str) or kid not in keys:
            raise KeyUnknown
        return keys[kid]

    if len(token) > LONGEST:
        raise refused("identity token too long")
    rules = jwt.JWTClaimsRegistry(
        now=int(now().timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        claims = jwt.decode(token, find_key, registry=_registry).claims
        rules.validate(claims)
    except (JoseError, ValueError, TypeError, AttributeError) as error:
        raise refused(f"identity token: {type(error).__name__}") from error
    # Made out to us alone: a token that others may hold as well proves nothing to us.
    if claims["aud"] not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise refused("identity token for somebody else")
    return dict(claims)


def read_keys(found: Any) -> dict[str, RSAKey]:
    """The keys of a JSON Web Key Set that can sign identity tokens, by their ids."""
    listed = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise refused("no key set")
    try:
        return {
            each["kid"]: RSAKey.import_key(each)
            for each in listed
            if isinstance(each, dict)
            and each.get("kty") == "RSA"
            and isinstance(each.get("kid"), str)
            and each.get("use", "sig") == "sig"
        }
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise refused("key set malformed") from error
