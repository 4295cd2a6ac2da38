"""Challenges that passkeys sign: 32 random bytes, for one purpose and one owner, used once.

Several may be open at the same time, because people open the sign-in page in several tabs.
"""

import secrets
from enum import StrEnum

from ultra.auth.factors.errors import PasskeyRefused
from ultra.kit.redis import redis

SECONDS = 300


class Purpose(StrEnum):
    REGISTER = "register"
    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    STEP_UP = "step_up"


def make(purpose: Purpose, owner: str) -> bytes:
    """A new challenge for this owner: a session, a pending sign-in or a browser."""
    challenge = secrets.token_bytes(32)
    redis.set(_key(purpose, owner, challenge), "1", ex=SECONDS)
    return challenge


def take(purpose: Purpose, owner: str, challenge: bytes) -> None:
    """Use a challenge. Raises PasskeyRefused when it was not made so, is too old, or used."""
    if not redis.delete(_key(purpose, owner, challenge)):
        raise PasskeyRefused


def _key(purpose: Purpose, owner: str, challenge: bytes) -> str:
    return f"auth:challenge:{purpose}:{owner}:{challenge.hex()}"
