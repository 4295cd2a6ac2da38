"""Columns whose content is sealed: version, data key, nonce, ciphertext.

What is sealed names its data key, so none is tried out, and is bound to its place: copied into
another column, row or workspace it does not open.
"""

from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from pydantic import SecretStr
from sqlalchemy.orm import Session

from ultra.kit.crypto import seal, unseal
from ultra.kit.vault import data_keys
from ultra.kit.vault.key_ring import KeyMissing

VERSION: Final = b"\x01"
ID_BYTES: Final = 16
SHORTEST: Final = 1 + ID_BYTES + 12 + 16
"""Of an empty secret: with nonce and tag."""


class SecretLost(Exception):
    """It does not open: shredded, moved, tampered with, or its key has left the ring."""


class HasSecrets(Protocol):
    """A row that a sealed column can belong to."""

    id: Any
    workspace_id: Any


Row = TypeVar("Row", bound=HasSecrets)


class SealedColumn(Generic[Row]):
    """One column of one table; declared beside the model, so that rotation knows of it."""

    def __init__(self, model: type[Row], name: str) -> None:
        self.model = model
        self.name = name
        self.table: str = model.__tablename__  # type: ignore[attr-defined]
        _columns.append(self)

    def write(self, session: Session, row: Row, secret: SecretStr) -> None:
        """Seal it into the row, with the key that is current now. The row must have its id."""
        if row.id is None or row.workspace_id is None:
            raise ValueError("a row is sealed once it has its id and its workspace")
        data_key = data_keys.current_of(session, row.workspace_id)
        sealed = seal(
            data_keys.unwrap(data_key),
            secret.get_secret_value().encode(),
            context=self._context(row, data_key.id),
        )
        setattr(row, self.name, VERSION + data_key.id.bytes + sealed)

    def read(self, session: Session, row: Row) -> SecretStr:
        """Open it. What comes back shows itself to no log. Raises SecretLost."""
        record: bytes = getattr(row, self.name)
        if record[:1] != VERSION or len(record) < SHORTEST:
            raise SecretLost(f"{self.table}.{self.name} holds no record of this version")
        data_key_id = UUID(bytes=record[1 : 1 + ID_BYTES])
        data_key = data_keys.find(session, data_key_id, row.workspace_id)
        if data_key is None:
            raise SecretLost(f"{self.table}.{self.name} has no data key any more")
        try:
            plain = unseal(
                data_keys.unwrap(data_key),
                record[1 + ID_BYTES :],
                context=self._context(row, data_key.id),
            )
        except InvalidTag as error:
            raise SecretLost(f"{self.table}.{self.name} does not open in this place") from error
        except KeyMissing as error:
            raise SecretLost(f"the key ring lacks {error}") from error
        return SecretStr(plain.decode())

    def _context(self, row: Row, data_key_id: UUID) -> str:
        return f"{self.table}|{self.name}|{row.id}|{row.workspace_id}|{data_key_id}"


_columns: list[SealedColumn[Any]] = []


def all_columns() -> list[SealedColumn[Any]]:
    """Every sealed column of the modules that are loaded."""
    return list(_columns)
