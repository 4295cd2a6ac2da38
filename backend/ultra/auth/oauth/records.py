"""What Redis keeps for one browser while it is at a provider, or has yet to prove who it is.

A cookie names the record, so that only this browser can go on; it is deleted as it is read, so that
nothing can be gone on with twice.
"""

from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from flask import after_this_request, g, request
from pydantic import TypeAdapter
from redis.exceptions import RedisError

from ultra.auth.factors.cookies import set_cookie
from ultra.auth.oauth.errors import SignInExpired
from ultra.auth.oauth.providers.kinds import Profile, Provider, Secrets
from ultra.auth.users.preferences import Locale
from ultra.kit.crypto import digest, new_secret
from ultra.kit.errors import Unavailable
from ultra.kit.redis import redis
from ultra.settings import settings

COOKIE = f"{settings.cookie_prefix}_oauth"
SECONDS = 600


@dataclass(frozen=True)
class Departure:
    """A browser that was sent to a provider."""

    provider: Provider
    state_digest: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    next_path: str
    language: Locale
    """That of the page which the browser left."""
    user_id: UUID | None = None
    """Who is about to link an account; None for somebody who signs in."""
    session_id: UUID | None = None
    """The session in which they do so."""

    def is_own_state(self, state: str) -> bool:
        return _id_of(state) == self.state_digest

    def secrets(self, state: str) -> Secrets:
        return Secrets(state, self.nonce, self.verifier)


@dataclass(frozen=True)
class WaitingLink:
    """An identity that awaits the proof that its owner owns the account with the same address."""

    user_id: UUID
    profile: Profile


Record = TypeVar("Record", Departure, WaitingLink)
# One each: whoever has a link waiting may prove who they are by leaving for the other provider.
_cookies: dict[type, str] = {Departure: COOKIE, WaitingLink: f"{COOKIE}_link"}
_shapes: dict[type, TypeAdapter[object]] = {
    kind: TypeAdapter(kind) for kind in (Departure, WaitingLink)
}


def state_digest(state: str) -> str:
    return _id_of(state)


def keep(record: Departure | WaitingLink) -> None:
    """Remember it; the answer to this request brings the cookie. Raises Unavailable."""
    token = new_secret()
    body = _shapes[type(record)].dump_json(record)
    try:
        redis.set(_key(type(record), token), body, ex=SECONDS)
    except RedisError as error:
        raise Unavailable from error
    _answer_with(type(record), token, SECONDS)


def find(kind: type[Record]) -> Record | None:
    """The record that this request's cookie names; it stays. Raises Unavailable."""
    token = request.cookies.get(_cookies[kind])
    if not token:
        return None
    try:
        return _read(kind, redis.get(_key(kind, token)))
    except RedisError as error:
        raise Unavailable from error


def take(kind: type[Record]) -> Record:
    """The record that this request's cookie names, once. Raises SignInExpired, Unavailable."""
    token = request.cookies.get(_cookies[kind])
    if not token:
        raise SignInExpired
    _answer_with(kind, "", 0)
    try:
        found = _read(kind, redis.getdel(_key(kind, token)))
    except RedisError as error:
        raise Unavailable from error
    if found is None:
        raise SignInExpired
    return found


def _read(kind: type[Record], body: Any) -> Record | None:
    if body is None:
        return None
    found = _shapes[kind].validate_json(body)
    assert isinstance(found, kind)
    return found


def _answer_with(kind: type, value: str, seconds: int) -> None:
    """The cookie of the answer; what is said last holds."""
    name = _cookies[kind]
    if "oauth_cookies" not in g:
        g.oauth_cookies = {}
    if name not in g.oauth_cookies:
        after_this_request(lambda response: set_cookie(response, name, *g.oauth_cookies[name]))
    g.oauth_cookies[name] = (value, seconds)


def _id_of(secret: str) -> str:
    # Redis never learns the secret itself.
    return digest(secret).hex()


def _key(kind: type, token: str) -> str:
    return f"auth:oauth:{kind.__name__.lower()}:{_id_of(token)}"
