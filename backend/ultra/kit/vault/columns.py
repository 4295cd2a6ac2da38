"""Columns whose content is sealed: version, data key, nonce, ciphertext.

What is sealed names its data key, so none is tried out, and is bound to its place: copied into
another column, row, workspace or person it does not open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from pydantic import SecretStr
from sqlalchemy.orm import InstrumentedAttribute, Session

from ultra.kit.crypto import derive_key, seal, unseal
from ultra.kit.db import Base
from ultra.kit.vault import data_keys
from ultra.kit.vault.data_keys import Owner
from ultra.kit.vault.key_ring import KeyMissing
from ultra.kit.vault.recent import Wrapped

VERSION: Final = b"\x01"
ID_BYTES: Final = 16
SHORTEST: Final = 1 + ID_BYTES + 12 + 16
"""Of an empty secret: with nonce and tag."""


class SecretLost(Exception):
    """It does not open: shredded, moved, tampered with, or its key has left the ring."""


Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class OldSeal:
    """How a column was sealed before the vault: with a key made of the installation's secret.

    Such a record has no data key. It is read as it is, until it is written or rotation comes by.
    """

    purpose: str
    """Of the key."""
    context: Callable[[Any], str]
    """What the row was bound to."""


class SealedColumn(Generic[Row]):
    """One column of one table; declared beside the model, so that rotation knows of it."""

    def __init__(
        self,
        model: type[Row],
        name: str,
        *,
        owner: Owner = Owner.WORKSPACE,
        before: OldSeal | None = None,
    ) -> None:
        self.model = model
        self.name = name
        self.owner = owner
        self.before = before
        self.table: str = model.__tablename__
        (key,) = model.__table__.primary_key
        self._key: str = key.name
        _columns.append(self)

    def attribute(self, name: str | None = None) -> InstrumentedAttribute[Any]:
        """For queries: the sealed column, or another one of its table."""
        found: InstrumentedAttribute[Any] = getattr(self.model, name or self.name)
        return found

    @property
    def key(self) -> InstrumentedAttribute[Any]:
        """For queries: the table's primary key."""
        return self.attribute(self._key)

    def key_of(self, row: Row) -> UUID:
        found: UUID = getattr(row, self._key)
        return found

    def write(self, session: Session, row: Row, secret: SecretStr) -> None:
        """Seal it into the row, with the key that is current now. The row must have its id."""
        if getattr(row, self._key) is None or getattr(row, self.owner) is None:
            raise ValueError("a row is sealed once it has its id and its owner")
        data_key = data_keys.current_of(session, self._owner_of(row), self.owner)
        sealed = seal(
            data_keys.unwrap(data_key),
            secret.get_secret_value().encode(),
            context=self._context(row, data_key.id),
        )
        setattr(row, self.name, VERSION + data_key.id.bytes + sealed)

    def read(self, session: Session, row: Row) -> SecretStr:
        """Open it. What comes back shows itself to no log. Raises SecretLost."""
        record: bytes = getattr(row, self.name)
        data_key = self._data_key_of(session, row, record)
        try:
            if data_key is not None:
                key, context = data_keys.unwrap(data_key), self._context(row, data_key.id)
                plain = unseal(key, record[1 + ID_BYTES :], context=context)
            elif self.before is not None:
                key, context = derive_key(self.before.purpose), self.before.context(row)
                plain = unseal(key, record, context=context)
            else:
                raise SecretLost(f"{self.table}.{self.name} has no data key any more")
        except (InvalidTag, ValueError) as error:
            raise SecretLost(f"{self.table}.{self.name} does not open in this place") from error
        except KeyMissing as error:
            raise SecretLost(f"the key ring lacks {error}") from error
        return SecretStr(plain.decode())

    def _data_key_of(self, session: Session, row: Row, record: bytes) -> Wrapped | None:
        if record[:1] != VERSION or len(record) < SHORTEST:
            return None
        data_key_id = UUID(bytes=record[1 : 1 + ID_BYTES])
        return data_keys.find(session, data_key_id, self._owner_of(row))

    def _owner_of(self, row: Row) -> UUID:
        found: UUID = getattr(row, self.owner)
        return found

    def _context(self, row: Row, data_key_id: UUID) -> str:
        place = f"{self.table}|{self.name}|{self.key_of(row)}"
        return f"{place}|{self._owner_of(row)}|{data_key_id}"


_columns: list[SealedColumn[Any]] = []


def all_columns() -> list[SealedColumn[Any]]:
    """Every sealed column of the modules that are loaded."""
    return list(_columns)
