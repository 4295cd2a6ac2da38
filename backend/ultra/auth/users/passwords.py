"""Hashing of passwords: bcrypt or Argon2id over HMAC-SHA-384 with a pepper, in a versioned wrapper.

bcrypt reads 72 bytes at most, and fewer than a password may have here. The HMAC makes any password
64 characters of base64 without losing any of it, and its key, the pepper, is not in the database:
stolen hashes alone cannot be tried out. Stored as `scheme$pepper_id$hash`.
"""

import hashlib
import hmac
import os
import secrets
import threading
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache

import argon2
import bcrypt

from ultra.auth.users import peppers
from ultra.kit.errors import Unavailable
from ultra.kit.log import get_logger
from ultra.settings import PasswordScheme, settings

log = get_logger()

BCRYPT = "bcrypt-sha384"
ARGON2ID = "argon2id-sha384"

# What OWASP asks for at least: 46 MiB, one pass.
_argon2 = argon2.PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)

# Hashing is the cheapest way to keep a server busy: beyond this many at once, callers wait a little
# and are then told to come back, and all other requests go on.
_PATIENCE_SECONDS = 3.0
_PLACES = (os.cpu_count() or 1) * 2
_slots = threading.BoundedSemaphore(_PLACES)


def _step_back() -> None:
    # Only Linux knows threads with a priority of their own; elsewhere they are like all others.
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


# Threads of their own, which the others overtake: whoever signs in waits, whoever works does not.
_hashers = ThreadPoolExecutor(_PLACES, "password", initializer=_step_back)


def hash_password(password: str) -> str:
    """The string to store. Raises Unavailable when too many are being hashed."""
    pepper_id = peppers.newest()
    prepared = _prepare(password, pepper_id)
    assert prepared is not None
    with _slot():
        if settings.auth.password_scheme is PasswordScheme.ARGON2ID:
            strong = _hashers.submit(_argon2.hash, prepared).result()
            return f"{ARGON2ID}${pepper_id}${strong}"
        salt = bcrypt.gensalt(settings.auth.bcrypt_cost)
        made = _hashers.submit(bcrypt.hashpw, prepared, salt).result()
    return f"{BCRYPT}${pepper_id}${made.decode()}"


def is_password(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; as slow as ever when there is none stored.

    Raises Unavailable when too many are being hashed.
    """
    dummy = _dummy(settings.auth.password_scheme, settings.auth.bcrypt_cost)
    scheme, pepper_id, made = (stored or dummy).split("$", 2)
    prepared = _prepare(password, pepper_id)
    if prepared is None:
        log.error("password.pepper_unknown", generation=pepper_id)
        return False
    with _slot():
        is_same = _hashers.submit(_verify, scheme, prepared, made).result()
    return is_same and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether it was hashed in another way than new passwords are."""
    scheme, pepper_id, made = stored.split("$", 2)
    if pepper_id != peppers.newest():
        return True
    if settings.auth.password_scheme is PasswordScheme.ARGON2ID:
        return scheme != ARGON2ID or _argon2.check_needs_rehash(made)
    return scheme != BCRYPT or not made.startswith(f"$2b${settings.auth.bcrypt_cost:02}$")


def _verify(scheme: str, prepared: bytes, made: str) -> bool:
    if scheme == BCRYPT:
        return bcrypt.checkpw(prepared, made.encode())
    if scheme == ARGON2ID:
        try:
            return _argon2.verify(made, prepared)
        except argon2.exceptions.VerifyMismatchError:
            return False
    log.error("password.scheme_unknown", scheme=scheme)
    return False


def _prepare(password: str, pepper_id: str) -> bytes | None:
    """The password under a generation of the pepper; None for one that nobody knows any more."""
    # One keyboard sends ç as one character, another as c and a cedilla; NFC makes them equal.
    plain = unicodedata.normalize("NFC", password).encode()
    pepper = peppers.find(pepper_id)
    return b64encode(hmac.new(pepper, plain, hashlib.sha384).digest()) if pepper else None


@cache
def _dummy(scheme: PasswordScheme, cost: int) -> str:
    """A hash of nothing: checking against it takes its time and never succeeds."""
    if scheme is PasswordScheme.ARGON2ID:
        return f"{ARGON2ID}${peppers.FIRST}${_argon2.hash(secrets.token_bytes(32))}"
    salt = bcrypt.gensalt(cost).decode()
    return f"{BCRYPT}${peppers.FIRST}${salt}{secrets.token_hex(16)[:31]}"


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=_PATIENCE_SECONDS):
        raise Unavailable
    try:
        yield
    finally:
        _slots.release()
