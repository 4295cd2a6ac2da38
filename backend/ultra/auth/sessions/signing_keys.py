"""The ES256 keys that sign access tokens: in PostgreSQL, so that every process has the same ones.

The private half is encrypted under the installation's secret. A process reads the keys once, and
again when a token names a key that it does not know.
"""

import json
import time
from threading import Lock

from cryptography.exceptions import InvalidTag
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from ultra.auth.sessions import repository
from ultra.auth.sessions.models import SigningKey
from ultra.kit.clock import now
from ultra.kit.crypto import derive_key, seal, unseal
from ultra.kit.db import transaction

RELOAD_SECONDS = 5.0
"""Forged key ids must not become queries: between two reads lies at least this time."""


class KeyRing:
    """The keys that this process knows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, ECKey] = {}
        self._signing: ECKey | None = None
        self._read_at = float("-inf")

    def find(self, kid: str) -> ECKey | None:
        """The key that verifies tokens of this key id."""
        if kid not in self._known and time.monotonic() - self._read_at > RELOAD_SECONDS:
            with transaction() as session:
                self._read(session)
        return self._known.get(kid)

    def signing(self) -> ECKey:
        """The key that signs new tokens; the first process that ever asks makes it."""
        if self._signing is None:
            with transaction() as session:
                repository.lock_signing_keys(session)
                self._read(session)
                if self._signing is None:
                    repository.add_signing_key(session, _make())
                    self._read(session)
        assert self._signing is not None
        return self._signing

    def _read(self, session: Session) -> None:
        with self._lock:
            rows = repository.list_signing_keys(session)
            self._known = {row.kid: ECKey.import_key(row.public_key) for row in rows}
            # A key that was encrypted under another secret still verifies, but cannot sign.
            self._signing = next((key for row in rows if (key := _open(row))), None)
            self._read_at = time.monotonic()


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
