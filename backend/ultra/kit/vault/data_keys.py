"""Data keys: made when a workspace seals its first secret, wrapped, opened, destroyed."""

import secrets
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit.crypto import seal, unseal
from ultra.kit.ids import new_id
from ultra.kit.vault import key_ring
from ultra.kit.vault.models import DataKey

_BYTES = 32


def find(session: Session, data_key_id: UUID, workspace_id: UUID) -> DataKey | None:
    return session.scalar(
        select(DataKey).where(DataKey.id == data_key_id, DataKey.workspace_id == workspace_id)
    )


def current_of(session: Session, workspace_id: UUID) -> DataKey:
    """The workspace's data key under the ring's current key, made if there is none yet."""
    key_id = key_ring.current_id()
    query = select(DataKey).where(DataKey.workspace_id == workspace_id, DataKey.key_id == key_id)
    found = session.scalar(query)
    if found:
        return found
    data_key_id = new_id()
    session.execute(
        insert(DataKey)
        .values(
            id=data_key_id,
            workspace_id=workspace_id,
            key_id=key_id,
            sealed_key=seal(
                key_ring.key_of(key_id),
                secrets.token_bytes(_BYTES),
                context=_context(data_key_id, workspace_id, key_id),
            ),
        )
        # Of two at the same time one makes it, and the other waits here and then reads it.
        .on_conflict_do_nothing()
    )
    return session.scalars(query).one()


def unwrap(data_key: DataKey) -> bytes:
    """The key itself. Raises KeyMissing, or InvalidTag when its row was tampered with."""
    return unseal(
        key_ring.key_of(data_key.key_id),
        data_key.sealed_key,
        context=_context(data_key.id, data_key.workspace_id, data_key.key_id),
    )


def shred(session: Session, workspace_id: UUID) -> int:
    """Destroy a workspace's data keys, and with them all that it has sealed; how many there were.

    What backups hold of it stays unreadable as well, once they hold the data keys no more.
    """
    gone = session.scalars(
        delete(DataKey).where(DataKey.workspace_id == workspace_id).returning(DataKey.id)
    )
    return len(gone.all())


def _context(data_key_id: UUID, workspace_id: UUID, key_id: str) -> str:
    return f"data_keys|sealed_key|{data_key_id}|{workspace_id}|{key_id}"
