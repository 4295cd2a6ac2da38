"""A sign-in of which the first step is done and the second one is not.

Redis keeps who it is for five minutes; a cookie names that record, so that only the browser which
did the first step can do the second one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import after_this_request, request
from pydantic import TypeAdapter

from ultra.auth.factors.cookies import PENDING_COOKIE, SECONDS, set_cookie
from ultra.auth.factors.errors import PendingSignInEnded
from ultra.auth.users.models import User
from ultra.kit.crypto import digest, new_secret
from ultra.kit.redis import redis


@dataclass(frozen=True)
class _Record:
    user_id: UUID
    credential_epoch: int
    methods: tuple[str, ...]


@dataclass(frozen=True)
class Pending:
    """Who is about to sign in, and what they have proved themselves with so far."""

    id: str
    user_id: UUID
    credential_epoch: int
    """Of the moment of the first step: a password that was reset meanwhile voids it."""
    methods: tuple[str, ...]


_record = TypeAdapter(_Record)


def begin(user: User, methods: Sequence[str]) -> None:
    """Remember a first step; the answer to this request brings the cookie."""
    token = new_secret()
    record = _Record(user.id, user.credential_epoch, tuple(methods))
    redis.set(_key(_id_of(token)), _record.dump_json(record), ex=SECONDS)
    after_this_request(lambda answer: set_cookie(answer, PENDING_COOKIE, token, SECONDS))


def get() -> Pending:
    """The sign-in that this request's cookie names. Raises PendingSignInEnded."""
    token = request.cookies.get(PENDING_COOKIE)
    if not token:
        raise PendingSignInEnded
    found = redis.get(_key(_id_of(token)))
    if found is None:
        raise PendingSignInEnded
    record = _record.validate_json(found)
    return Pending(_id_of(token), record.user_id, record.credential_epoch, record.methods)


def end(pending: Pending, user: User) -> None:
    """It is done.

    Raises PendingSignInEnded when another request was faster, or the password of the first step
    counts no more.
    """
    is_first = redis.delete(_key(pending.id))
    if not is_first or pending.credential_epoch != user.credential_epoch:
        raise PendingSignInEnded
    after_this_request(lambda answer: set_cookie(answer, PENDING_COOKIE, "", 0))


def _id_of(token: str) -> str:
    # Redis never learns the token itself.
    return digest(token).hex()


def _key(pending_id: str) -> str:
    return f"auth:pending:{pending_id}"
