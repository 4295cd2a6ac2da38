"""Lists in pages, the newest first, by keyset: a page begins behind the last row of the one before.

Rows that come or go meanwhile neither repeat nor hide others, and the tenth page costs what the
first one does: an index on the same two columns leads to it.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from ultra.kit.errors import Invalid

Cursor = tuple[datetime, UUID]
"""Time and id of the last row that was seen."""
Query = TypeVar("Query", bound="Select[*tuple[Any, ...]]")


class InvalidCursor(Invalid):
    tr = "Sayfa işareti geçerli değil; listeyi baştan açın."
    en = "The page mark is not valid; open the list from the start."


def newest_first(
    query: Query,
    at: InstrumentedAttribute[datetime],
    row_id: InstrumentedAttribute[UUID],
    *,
    after: Cursor | None,
    limit: int,
) -> Query:
    """At most `limit` rows behind the cursor, ordered by these two columns."""
    if after:
        query = query.where(tuple_(at, row_id) < after)
    return query.order_by(at.desc(), row_id.desc()).limit(limit)


def write_cursor(at: datetime, row_id: UUID) -> str:
    """An opaque keyset cursor: the last row's time and id."""
    return urlsafe_b64encode(f"{at.isoformat()}|{row_id}".encode()).decode().rstrip("=")


def next_cursor(rows: Sequence[Any], limit: int) -> str | None:
    """Where the next page begins, when this one is full."""
    return write_cursor(rows[-1].created_at, rows[-1].id) if len(rows) == limit else None


def read_cursor(cursor: str | None) -> Cursor | None:
    """Undo write_cursor. Raises Invalid for anything else."""
    if not cursor:
        return None
    try:
        plain = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, row_id = plain.split("|")
        return datetime.fromisoformat(at), UUID(row_id)
    except ValueError as error:
        raise InvalidCursor from error
