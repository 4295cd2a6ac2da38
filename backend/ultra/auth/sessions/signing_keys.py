"""The ES256 keys that sign access tokens: in PostgreSQL, so that every process has the same ones.

A key is announced first: everybody can verify with it, nobody signs. Then it is active, until the
next one is; then it only verifies, for as long as a token of it may live. Each state follows from
the keys' ages, so nothing has to be switched. The private half is encrypted under the
installation's secret. A process reads the keys every minute, and when a token names a key that it
does not know.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidTag
from joserfc.jwk import ECKey
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ultra.auth.sessions import repository
from ultra.auth.sessions.models import SigningKey
from ultra.kit.clock import now
from ultra.kit.crypto import derive_key, seal, unseal
from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.settings import settings

log = get_logger()

RELOAD_SECONDS = 5.0
"""Forged key ids must not become queries: between two reads lies at least this time."""
STALE_SECONDS = 60.0
"""After so long a process learns of new keys, and of those that are no more."""
ANNOUNCED = timedelta(minutes=10)
"""Longer than anybody keeps the published keys (five minutes), and any process its own."""
SPARE = timedelta(minutes=2)
"""A retired key outlives its last token by this: clocks differ."""


class State(StrEnum):
    ANNOUNCED = "announced"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True)
class KeyState:
    kid: str
    state: State
    created_at: datetime


class KeyRing:
    """The keys that this process knows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._turn = Lock()
        self._known: dict[str, ECKey] = {}
        self._signing: ECKey | None = None
        self._read_at = float("-inf")

    def find(self, kid: str) -> ECKey | None:
        """The key that verifies tokens of this key id."""
        self._read_again(STALE_SECONDS if kid in self._known else RELOAD_SECONDS)
        return self._known.get(kid)

    def signing(self) -> ECKey:
        """The key that signs new tokens; the first process that ever asks makes it."""
        if self._signing is not None:
            self._read_again(STALE_SECONDS)
        if self._signing is None:
            with transaction(across_workspaces=True) as session:
                repository.lock_signing_keys(session)
                self._read(session)
                if self._signing is None:
                    repository.add_signing_key(session, _make())
                    self._read(session)
        assert self._signing is not None
        return self._signing

    def public_keys(self) -> list[dict[str, Any]]:
        """All keys that verify, as JSON Web Keys."""
        self._read_again(STALE_SECONDS)
        keys = list(self._known.values())
        return [{**key.as_dict(private=False), "use": "sig", "alg": "ES256"} for key in keys]

    def _read_again(self, seconds: float) -> None:
        """Read the keys if the last time was longer ago; one thread does so for all.

        The others go on with what is known, and wait where nothing is: a token that comes while a
        process reads its keys for the first time must not be refused.
        """
        if self._is_read(seconds) or not self._turn.acquire(blocking=not self._known):
            return
        try:
            if self._is_read(seconds):
                return
            with transaction(across_workspaces=True) as session:
                self._read(session)
        except SQLAlchemyError as error:
            if not self._known:
                raise
            # What is known goes on verifying while the database is away.
            log.warning("signing_keys.not_read", error=str(error)[:200])
            self._read_at = time.monotonic()
        finally:
            self._turn.release()

    def _is_read(self, seconds: float) -> bool:
        return time.monotonic() - self._read_at <= seconds

    def _read(self, session: Session) -> None:
        with self._lock:
            rows = repository.list_signing_keys(session)
            self._known = {row.kid: ECKey.import_key(row.public_key) for row in rows}
            active = _active(rows)
            self._signing = _open(active) if active else None
            self._read_at = time.monotonic()


def announce(session: Session) -> str:
    """Make the next key; it signs after it was announced for long enough. Its id."""
    repository.lock_signing_keys(session)
    key = _make()
    repository.add_signing_key(session, key)
    return key.kid


def replace_all(session: Session) -> str:
    """For a key that somebody may have copied: all of them go, and one new key signs at once.

    Every access token dies within a minute; pages renew theirs and notice nothing.
    """
    repository.lock_signing_keys(session)
    for row in repository.list_signing_keys(session):
        session.delete(row)
    key = _make()
    repository.add_signing_key(session, key)
    return key.kid


def tend(session: Session) -> None:
    """Announce a key when the newest one is old, and remove those that verify nothing any more."""
    repository.lock_signing_keys(session)
    rows = repository.list_signing_keys(session)
    if rows and now() - rows[0].created_at > timedelta(days=settings.auth.key_days):
        repository.add_signing_key(session, _make())
    active = _active(rows)
    if active is None:
        return
    longest_life = timedelta(minutes=settings.auth.access_minutes) + SPARE
    if now() - active.created_at > ANNOUNCED + longest_life:
        for row in rows[rows.index(active) + 1 :]:
            log.info("signing_keys.removed", kid=row.kid)
            session.delete(row)


def list_states(session: Session) -> list[KeyState]:
    """Every key and what it is good for, the newest first."""
    rows = repository.list_signing_keys(session)
    active = _active(rows)
    at = rows.index(active) if active else len(rows)
    states = [State.ANNOUNCED] * at + [State.ACTIVE] + [State.RETIRED] * len(rows)
    return [
        KeyState(row.kid, state, row.created_at) for row, state in zip(rows, states, strict=False)
    ]


def _active(rows: Sequence[SigningKey]) -> SigningKey | None:
    """Of the rows, the newest first, the one that signs.

    A key that was encrypted under another secret still verifies, but cannot sign. Where no key is
    old enough, the oldest signs: nobody could have learned of it earlier.
    """
    can_sign = [row for row in rows if _open(row)]
    announced = [row for row in can_sign if now() - row.created_at >= ANNOUNCED]
    return next(iter(announced or can_sign[-1:]), None)


def _make() -> SigningKey:
    key = ECKey.generate_key("P-256")
    kid = f"{now():%Y%m%d}-{key.thumbprint()[:16]}"
    return SigningKey(
        kid=kid,
        public_key={**key.as_dict(private=False), "kid": kid},
        sealed_private_key=seal(
            _sealing_key(), json.dumps(key.as_dict(private=True)).encode(), context=_context(kid)
        ),
    )


def _open(row: SigningKey) -> ECKey | None:
    try:
        plain = unseal(_sealing_key(), row.sealed_private_key, context=_context(row.kid))
    except InvalidTag:
        return None
    return ECKey.import_key({**json.loads(plain), "kid": row.kid})


def _sealing_key() -> bytes:
    return derive_key("signing keys")


def _context(kid: str) -> str:
    return f"signing_keys.sealed_private_key:{kid}"


key_ring = KeyRing()
