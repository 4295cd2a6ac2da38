"""Hashing of passwords: bcrypt over HMAC-SHA-384 with a pepper, in a versioned wrapper.

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
from contextlib import contextmanager
from functools import cache

import bcrypt

from ultra.kit.crypto import derive_key
from ultra.kit.errors import Unavailable
from ultra.settings import settings

SCHEME = "bcrypt-sha384"
PEPPER_ID = "1"

# Hashing is the cheapest way to keep a server busy: beyond this many at once, callers wait a little
# and are then told to come back, and all other requests go on.
_PATIENCE_SECONDS = 3.0
_slots = threading.BoundedSemaphore((os.cpu_count() or 1) * 2)


def hash_password(password: str) -> str:
    """The string to store. Raises Unavailable when too many are being hashed."""
    with _slot():
        made = bcrypt.hashpw(_prepare(password), bcrypt.gensalt(settings.auth.bcrypt_cost))
    return f"{SCHEME}${PEPPER_ID}${made.decode()}"


def is_password(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; as slow as ever when there is none stored.

    Raises Unavailable when too many are being hashed.
    """
    _scheme, _pepper, made = (stored or _dummy(settings.auth.bcrypt_cost)).split("$", 2)
    with _slot():
        is_same = bcrypt.checkpw(_prepare(password), made.encode())
    return is_same and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether it was hashed in another way than new passwords are."""
    return not stored.startswith(f"{SCHEME}${PEPPER_ID}$2b${settings.auth.bcrypt_cost:02}$")


def _prepare(password: str) -> bytes:
    # One keyboard sends ç as one character, another as c and a cedilla; NFC makes them equal.
    plain = unicodedata.normalize("NFC", password).encode()
    pepper = derive_key(f"password pepper {PEPPER_ID}")
    return b64encode(hmac.new(pepper, plain, hashlib.sha384).digest())


@cache
def _dummy(cost: int) -> str:
    """A hash of nothing: checking against it takes its time and never succeeds."""
    salt = bcrypt.gensalt(cost).decode()
    return f"{SCHEME}${PEPPER_ID}${salt}{secrets.token_hex(16)[:31]}"


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=_PATIENCE_SECONDS):
        raise Unavailable
    try:
        yield
    finally:
        _slots.release()
