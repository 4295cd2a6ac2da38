"""Sealing again, after the ring got a new current key, what older keys still hold.

An old key may leave the ring when no row needs it any more; `rows_by_key` tells, and /metrics.
"""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ultra.kit import modules
from ultra.kit.log import get_logger
from ultra.kit.vault import key_ring
from ultra.kit.vault.columns import ID_BYTES, SealedColumn, SecretLost, all_columns
from ultra.kit.vault.models import DataKey

log = get_logger()

BATCH = 500


def columns() -> list[SealedColumn[Any]]:
    """Every sealed column that there is, of services that this process does not serve too."""
    modules.load("models")
    return all_columns()


def seal_batch_again(
    session: Session, column: SealedColumn[Any], after: UUID | None
) -> tuple[UUID | None, Counter[str]]:
    """The rows after this one that an older key holds: where to go on, and what was done.

    Rows that somebody else is working on are left for the next time.
    """
    query = _held(column, select(column.model)).where(DataKey.key_id != key_ring.current_id())
    if after:
        query = query.where(column.model.id > after)
    rows = session.scalars(
        query.order_by(column.model.id)
        .limit(BATCH)
        .with_for_update(of=column.model, skip_locked=True)
    ).all()
    done: Counter[str] = Counter()
    for row in rows:
        try:
            column.write(session, row, column.read(session, row))
            done["sealed"] += 1
        except SecretLost as error:
            # It was lost before; the row stays as it is, and its owner is told when it is used.
            log.warning("vault.row_not_readable", reason=str(error), row_id=str(row.id))
            done["unreadable"] += 1
    return (rows[-1].id if len(rows) == BATCH else None), done


def rows_by_key(session: Session) -> dict[str, int]:
    """How many sealed rows need which key of the ring; the current one is always there."""
    found = Counter({key_ring.current_id(): 0})
    for column in columns():
        counted = _held(column, select(DataKey.key_id, func.count())).group_by(DataKey.key_id)
        for key_id, rows in session.execute(counted):
            found[key_id] += rows
    return dict(found)


def _held(column: SealedColumn[Any], query: Any) -> Select[Any]:
    """Of a table with a sealed column the rows that hold a secret, with their data keys."""
    in_record = func.substring(getattr(column.model, column.name), 2, ID_BYTES)
    joined: Select[Any] = query.select_from(column.model).join(
        DataKey,
        (func.uuid_send(DataKey.id) == in_record)
        & (DataKey.workspace_id == column.model.workspace_id),
    )
    return joined
