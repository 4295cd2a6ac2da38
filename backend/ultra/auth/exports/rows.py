"""Reads everything that a workspace has, each table by itself.

That is the workspace's own row, the rows that name it in a workspace_id, and the rows that go when
one of those goes: calls of a hook, deliveries of a notification and their attempts, a video's
steps. A new table of either kind needs nothing here.

Left out are secrets (sealed values and digests, of no use outside this installation) and what says
where each person was signed in, which is theirs and not the workspace's.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    LargeBinary,
    Table,
    column,
    or_,
    select,
    table,
)

from ultra.kit.db import Base

LEFT_OUT: Final = {"sessions", "workspace_exports"}
SECRET_PARTS: Final = ("sealed", "digest", "secret", "password")
SHOWN_BYTES: Final = {"hash", "previous_hash"}
"""Of columns of bytes only these: by them the audit log can be checked elsewhere."""
BATCH: Final = 500

# The noun of people keeps more than others may take along: only how they are called.
_people = table("users", column("id"), column("name"), column("email"))
_memberships = table("memberships", column("user_id"), column("workspace_id"), column("role"))


def tables() -> list[Table]:
    """What is exported, in the order in which tables rest on one another."""
    found: list[Table] = []
    for each in Base.metadata.sorted_tables:
        if each.name not in LEFT_OUT and (_column_of(each) is not None or _owners(each, found)):
            found.append(each)
    return found


def read(connection: Connection, source: Table, workspace_id: UUID) -> Iterator[dict[str, Any]]:
    """The table's rows of this workspace, as JSON knows them."""
    columns = [each for each in source.c if not _is_secret(each)]
    order = [each for each in source.primary_key if not _is_secret(each)]
    query = select(*columns).where(_is_of(source, workspace_id)).order_by(*order)
    yield from _read(connection, query)


def read_people(connection: Connection, workspace_id: UUID) -> Iterator[dict[str, Any]]:
    """The workspace's members, whom other rows name by their ids."""
    query = (
        select(_people.c.id, _people.c.name, _people.c.email, _memberships.c.role)
        .join(_memberships, _memberships.c.user_id == _people.c.id)
        .where(_memberships.c.workspace_id == workspace_id)
        .order_by(_people.c.id)
    )
    yield from _read(connection, query)


def _column_of(source: Table) -> Column[UUID] | None:
    """The column that names the workspace; None for a table whose rows hang on those of others."""
    return source.c.get("id" if source.name == "workspaces" else "workspace_id")


def _owners(source: Table, exported: Collection[Table]) -> list[ForeignKey]:
    """Where a row says on what it hangs: with that it would go."""
    return [
        each
        for each in source.foreign_keys
        if each.ondelete == "CASCADE" and each.column.table in exported
    ]


def _is_of(source: Table, workspace_id: UUID) -> ColumnElement[bool]:
    column = _column_of(source)
    if column is not None:
        return column == workspace_id
    return or_(
        *(
            each.parent.in_(select(each.column).where(_is_of(each.column.table, workspace_id)))
            for each in _owners(source, tables())
        )
    )


def _read(connection: Connection, query: Any) -> Iterator[dict[str, Any]]:
    # By a cursor of the server: a table may be larger than our memory.
    found = connection.execution_options(yield_per=BATCH).execute(query)
    for row in found.mappings():
        yield {name: _plain(value) for name, value in row.items()}


def _is_secret(found: Column[Any]) -> bool:
    if isinstance(found.type, LargeBinary) and found.name not in SHOWN_BYTES:
        return True
    return any(part in found.name for part in SECRET_PARTS)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value
