"""Data keys: made when their owner's first secret is sealed, wrapped, opened, destroyed."""

import secrets
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit.crypto import seal, unseal
from ultra.kit.db import after_commit
from ultra.kit.ids import new_id
from ultra.kit.vault import key_ring, recent
from ultra.kit.vault.models import DataKey
from ultra.kit.vault.recent import Wrapped

_BYTES = 32


class Owner(StrEnum):
    """Whose a secret is, by the column that says so: with its owner it becomes unreadable."""

    WORKSPACE = "workspace_id"
    PERSON = "user_id"


def find(session: Session, data_key_id: UUID, owner_id: UUID) -> Wrapped | None:
    """Read, or remembered: nothing can change but that it is destroyed."""
    if kept := recent.find(data_key_id, owner_id):
        return kept
    row = session.scalar(
        select(DataKey).where(
            DataKey.id == data_key_id,
            or_(DataKey.workspace_id == owner_id, DataKey.user_id == owner_id),
        )
    )
    if row is None:
        return None
    found = Wrapped(row.id, owner_id, row.key_id, row.sealed_key)
    recent.keep(found)
    return found


def current_of(session: Session, owner_id: UUID, kind: Owner = Owner.WORKSPACE) -> Wrapped:
    """The owner's data key under the ring's current key, made if there is none yet.

    Never a remembered one: what is sealed now must find its key when it is opened.
    """
    key_id = key_ring.current_id()
    query = select(DataKey.id, DataKey.sealed_key).where(
        getattr(DataKey, kind) == owner_id, DataKey.key_id == key_id
    )
    found = session.execute(query).one_or_none()
    if found is None:
        _make(session, owner_id, kind, key_id)
        found = session.execute(query).one()
    return Wrapped(found.id, owner_id, key_id, found.sealed_key)


def unwrap(data_key: Wrapped) -> bytes:
    """The key itself. Raises KeyMissing, or InvalidTag when its row was tampered with."""
    return unseal(
        key_ring.key_of(data_key.key_id),
        data_key.sealed_key,
        context=_context(data_key.id, data_key.owner_id, data_key.key_id),
    )


def shred(session: Session, owner_id: UUID) -> int:
    """Destroy the data keys of a workspace or a person, and all that they have sealed; how many.

    What backups hold of it stays unreadable as well, once they hold the data keys no more.
    """
    gone = session.scalars(
        delete(DataKey)
        .where(or_(DataKey.workspace_id == owner_id, DataKey.user_id == owner_id))
        .returning(DataKey.id)
    )
    recent.forget(owner_id)
    # Until then somebody else may have read it once more.
    after_commit(session, lambda: recent.forget(owner_id))
    return len(gone.all())


def _make(session: Session, owner_id: UUID, kind: Owner, key_id: str) -> None:
    data_key_id = new_id()
    sealed = seal(
        key_ring.key_of(key_id),
        secrets.token_bytes(_BYTES),
        context=_context(data_key_id, owner_id, key_id),
    )
    values = {"id": data_key_id, kind.value: owner_id, "key_id": key_id, "sealed_key": sealed}
    # Of two at the same time one makes it, and the other waits here and then reads it.
    session.execute(insert(DataKey).values(values).on_conflict_do_nothing())


def _context(data_key_id: UUID, owner_id: UUID, key_id: str) -> str:
    return f"data_keys|sealed_key|{data_key_id}|{owner_id}|{key_id}"
