"""Google's identity tokens: signed as they should be, or wrong in the way that was asked for."""

import hashlib
import hmac
import json
import sqlite3
import time
from base64 import urlsafe_b64encode
from typing import Any, Final

from joserfc import jws
from joserfc.jwk import RSAKey

from ultra.sandbox.oauth import repository
from ultra.sandbox.oauth.misbehaviours import STRANGER, How, Misbehaviour
from ultra.sandbox.oauth.repository import Grant

_SECONDS: Final = 3600


def public_keys(connection: sqlite3.Connection) -> dict[str, Any]:
    key = _key(connection)
    public = key.as_dict(private=False)
    return {"keys": [{**public, "kid": key.thumbprint(), "use": "sig", "alg": "RS256"}]}


def make(
    connection: sqlite3.Connection, issuer: str, grant: Grant, wrong: Misbehaviour
) -> str | None:
    """Return the token that stands beside the access token; None when it is to be missing."""
    if wrong.how is How.ID_TOKEN_MISSING:
        return None
    return _sign(connection, _claims(issuer, grant, wrong.how), grant.client_id, wrong.how)


def profile(grant: Grant, how: How | None = None) -> dict[str, Any]:
    """Return what the token and the userinfo endpoint both say of a person."""
    person = grant.person
    given, _, family = person.name.rpartition(" ")
    found: dict[str, Any] = {
        "sub": str(person.id),
        "name": person.name,
        "given_name": given or family,
        "family_name": family,
        "email": person.email,
        "email_verified": person.is_verified,
    }
    if how is How.EMAIL_UNVERIFIED:
        found["email_verified"] = False
    if how is How.EMAIL_VERIFIED_TEXT:
        found["email_verified"] = "true"
    left_out = {
        How.EMAIL_VERIFIED_ABSENT: "email_verified",
        How.EMAIL_MISSING: "email",
        How.SUBJECT_MISSING: "sub",
    }
    found.pop(left_out.get(how, "") if how else "", None)
    return found


def _claims(issuer: str, grant: Grant, how: How | None) -> dict[str, Any]:
    moment = int(time.time())
    claims: dict[str, Any] = {
        "iss": issuer,
        "azp": grant.client_id,
        "aud": grant.client_id,
        **profile(grant, how),
        "iat": moment,
        "exp": moment + _SECONDS,
    }
    if nonce := grant.request.get("nonce"):
        claims["nonce"] = nonce
    if how is How.WRONG_AUDIENCE:
        claims["aud"] = claims["azp"] = "somebody-else"
    if how is How.SHARED_AUDIENCE:
        claims["aud"], claims["azp"] = [grant.client_id, "somebody-else"], "somebody-else"
    if how is How.WRONG_ISSUER:
        claims["iss"] = STRANGER
    if how is How.WRONG_NONCE:
        claims["nonce"] = "of-another-sign-in"
    if how is How.EXPIRED:
        claims["iat"], claims["exp"] = moment - 2 * _SECONDS, moment - _SECONDS
    if how is How.NONCE_MISSING:
        claims.pop("nonce", None)
    if how is How.EXPIRY_MISSING:
        del claims["exp"]
    return claims


def _sign(
    connection: sqlite3.Connection, claims: dict[str, Any], client_id: str, how: How | None
) -> str:
    own = _key(connection)
    key_id = own.thumbprint()
    if how is How.ALG_NONE:
        return _join({"alg": "none", "typ": "JWT"}, claims) + "."
    if how in {How.ALG_SECRET, How.ALG_PUBLIC_KEY}:
        secret = (
            secret_of(client_id).encode() if how is How.ALG_SECRET else own.as_pem(private=False)
        )
        text = _join({"alg": "HS256", "kid": key_id, "typ": "JWT"}, claims)
        return f"{text}.{_encode(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"
    header: dict[str, Any] = {"alg": "RS256", "kid": key_id, "typ": "JWT"}
    if how in {How.SIGNATURE_WRONG, How.KEY_INSIDE}:
        own = RSAKey.generate_key(2048, private=True)
    if how is How.KEY_INSIDE:
        header["jwk"] = own.as_dict(private=False)
    if how is How.KEY_UNKNOWN:
        header["kid"] = "of-another-day"
    return jws.serialize_compact(header, json.dumps(claims), own, algorithms=["RS256"])


def secret_of(client_id: str) -> str:
    """Return the secret of a client."""
    return f"{client_id}-secret"


def _key(connection: sqlite3.Connection) -> RSAKey:
    found = repository.find_key(connection)
    if found is None:
        made = RSAKey.generate_key(2048, private=True).as_dict(private=True)
        found = json.dumps(made)
        repository.put_key(connection, found)
    return RSAKey.import_key(json.loads(found))


def _join(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join(_encode(json.dumps(part).encode()) for part in (header, claims))


def _encode(plain: bytes) -> str:
    return urlsafe_b64encode(plain).decode().rstrip("=")
