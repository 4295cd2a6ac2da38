"""The ES256 keys that sign access tokens: in PostgreSQL, so that every process has the same ones.

The private half is encrypted under the installation's secret. A process reads the keys once, and
again when a token names a key that it does not know.
"""

import json
import time
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidTag
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from ultra.auth.sessions import repository
from ultra.auth.sessions.models import SigningKey
from ultra.kit.clock import now
from ultra.kit.crypto import derive_key, seal, unseal
from ultra.kit.db import transaction

RELOAD_SECONDS = 5.0
"""Forged key names must not become queries: between two reads lies at least this time."""

_lock = Lock()
_known: dict[str, ECKey] = {}
_signing: ECKey | None = None
_read_at = float("-inf")


def find_key(kid: str) -> ECKey | None:
    """The key that verifies tokens of this key id."""
    if kid not in _known and time.monotonic() - _read_at > RELOAD_SECONDS:
        _read()
    return _known.get(kid)


def get_signing_key() -> ECKey:
    """The key that signs new tokens; the first process ever to ask makes it."""
    return _signing or _read(is_needed=True)


def forget() -> None:
    """Read the keys again at the next use."""
    global _signing, _read_at  # noqa: PLW0603 - this module is the singleton
    with _lock:
        _known.clear()
        _signing, _read_at = None, float("-inf")


def _read(*, is_needed: bool = False) -> ECKey:
    global _signing, _read_at  # noqa: PLW0603 - this module is the singleton
    with _lock, transaction() as session:
        rows = repository.list_signing_keys(session)
        signing = _newest_of_ours(rows)
        if signing is None and is_needed:
            repository.lock_signing_keys(session)
            rows = repository.list_signing_keys(session)
            signing = _newest_of_ours(rows)
            if signing is None:
                rows, signing = [*rows, *_make(session)]
        _known.update({row.kid: ECKey.import_key(row.public_key) for row in rows})
        _signing, _read_at = signing, time.monotonic()
        return signing
