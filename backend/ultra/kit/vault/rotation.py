"""Sealing again, after the ring got a new current key, what older keys still hold.

So it goes with what was sealed before the vault. An old key may leave the ring when no row needs it
any more; `rows_by_key` tells, and /metrics.
"""

from collections import Counter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from ultra.kit import modules
from ultra.kit.db import transaction
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


def seal_all_again() -> dict[str, int]:
    """Bring everything under the current key, one batch in each transaction; what was done."""
    done: Counter[str] = Counter()
    for column in columns():
        after = None
        while True:
            with transaction() as session:
                after, of_batch = seal_batch_again(session, column, after)
            done += of_batch
            if after is None:
                break
    return {"sealed": done["sealed"], "unreadable": done["unreadable"]}


def seal_batch_again(
    session: Session, column: SealedColumn[Any], after: UUID | None
) -> tuple[UUID | None, Counter[str]]:
    """The rows after this one that an older key holds: where to go on, and what was done.

    Rows that somebody else is working on are left for the next time.
    """
    query = _held(column, select(column.model)).where(
        or_(DataKey.id.is_(None), DataKey.key_id != key_ring.current_id())
    )
    if after:
        query = query.where(column.key > after)
    rows = session.scalars(
        query.order_by(column.key).limit(BATCH).with_for_update(of=column.model, skip_locked=True)
    ).all()
    done: Counter[str] = Counter()
    for row in rows:
        try:
            column.write(session, row, column.read(session, row))
            done["sealed"] += 1
        except SecretLost as error:
            # It was lost before; the row stays as it is, and its owner is told when it is used.
            log.warning("vault.row_not_readable", reason=str(error), row_id=str(column.key_of(row)))
            done["unreadable"] += 1
    return (column.key_of(rows[-1]) if len(rows) == BATCH else None), done


def rows_by_key(session: Session) -> dict[str, int]:
    """How many sealed rows need which key of the ring; the current one is always there."""
    found = Counter({key_ring.current_id(): 0})
    # What was sealed before the vault needs the installation's secret.
    key_id = func.coalesce(DataKey.key_id, key_ring.FROM_SECRET)
    for column in columns():
        counted = _held(column, select(key_id, func.count())).group_by(key_id)
        for held_by, rows in session.execute(counted):
            found[held_by] += rows
    return dict(found)


def _held(column: SealedColumn[Any], query: Any) -> Select[Any]:
    """Of a table with a sealed column the rows that hold a secret, with their data keys."""
    in_record = func.substring(column.attribute(), 2, ID_BYTES)
    is_its_key = (func.uuid_send(DataKey.id) == in_record) & (
        getattr(DataKey, column.owner) == column.attribute(column.owner)
    )
    joined: Select[Any] = (
        query.select_from(column.model)
        .join(DataKey, is_its_key, isouter=column.before is not None)
        .where(func.length(column.attribute()) > 0)
    )
    return joined
