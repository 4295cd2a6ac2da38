"""Every query for the audit log."""

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, column, delete, func, select, table, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.auth.audit.models import Chain, Entry
from ultra.auth.audit.outcomes import Outcome
from ultra.kit.paging import Cursor, newest_first

BATCH = 1000

# The noun of people stands above this one, so its table is named instead of imported.
_people = table("users", column("id"), column("name"), column("email"))


@dataclass(frozen=True)
class Filters:
    """Which entries are wanted; None means all."""

    action: str | None = None
    """An action, or with a dot at its end all that begin so."""
    user_id: UUID | None = None
    object_type: str | None = None
    object_id: str | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """As the query states them."""
        found: list[ColumnElement[bool]] = []
        if self.action is not None and self.action.endswith("."):
            found.append(Entry.action.startswith(self.action, autoescape=True))
        elif self.action is not None:
            found.append(Entry.action == self.action)
        found += [
            getattr(Entry, name) == wanted
            for name in ("user_id", "object_type", "object_id", "outcome")
            if (wanted := getattr(self, name)) is not None
        ]
        if self.since is not None:
            found.append(Entry.at >= self.since)
        if self.until is not None:
            found.append(Entry.at < self.until)
        return found


@dataclass(frozen=True)
class Named:
    """An entry, and who did it as they are called today."""

    entry: Entry
    user_name: str | None
    user_email: str | None


@dataclass(frozen=True)
class End:
    """Where a chain ends, and the moment at which that was asked."""

    position: int
    hash: bytes
    at: datetime


def leave_walls(session: Session) -> None:
    """Requests may only read the log: whoever writes it does so as the product itself."""
    session.execute(text("select set_config('role', 'none', true)"))


def lock_end(session: Session, chain: UUID, count: int) -> End:
    """Make room for so many entries behind the end; the chain grows for nobody else until commit.

    The time is asked for under the lock, so times never run backwards within a chain.
    """
    statement = insert(Chain).values(id=chain, position=count, hash=b"")
    row = session.execute(
        statement.on_conflict_do_update(
            index_elements=[Chain.id], set_={"position": Chain.position + count}
        ).returning(Chain.position, Chain.hash, func.clock_timestamp())
    ).one()
    return End(row[0] - count, row[1], row[2])


def append(session: Session, chain: UUID, entries: Sequence[Entry]) -> None:
    session.add_all(entries)
    session.flush()
    session.execute(update(Chain).where(Chain.id == chain).values(hash=entries[-1].hash))


def find_chain(session: Session, chain: UUID) -> Chain | None:
    return session.get(Chain, chain)


def set_told_break(session: Session, chain: UUID, position: int | None) -> bool:
    """Whether that is news."""
    changed = session.scalar(
        update(Chain)
        .where(Chain.id == chain, Chain.told_break.is_distinct_from(position))
        .values(told_break=position)
        .returning(Chain.id)
    )
    return changed is not None


def chain_ids(session: Session) -> list[UUID]:
    return list(session.scalars(select(Chain.id).order_by(Chain.id)))


def page(
    session: Session,
    chain: UUID,
    filters: Filters,
    *,
    after: Cursor | None,
    limit: int,
) -> Sequence[Entry]:
    """The newest first, after a cursor."""
    query = select(Entry).where(Entry.chain == chain, *filters.conditions())
    query = newest_first(query, Entry.at, Entry.id, after=after, limit=limit)
    return session.scalars(query).all()


def find_names(session: Session, user_ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Of each of these people the name and the address."""
    query = select(_people).where(_people.c.id.in_(user_ids))
    return {row.id: (row.name, row.email) for row in session.execute(query)}


def hold_still(session: Session) -> None:
    """Have the session see one moment of the database from now on; before its first query."""
    if session.in_transaction():
        raise RuntimeError("this session has begun to look at another moment")
    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def read_on(session: Session, chain: UUID, position: int, end: int) -> Generator[Entry, None, None]:
    """Every entry behind this position, in the order of the chain, up to the end.

    By a cursor of the server, as the log may be larger than our memory; whoever stops early
    closes it.
    """
    query = select(Entry).where(Entry.chain == chain, Entry.position > position)
    query = query.where(Entry.position <= end).order_by(Entry.position)
    with session.execute(query.execution_options(yield_per=BATCH)) as found:
        yield from found.scalars()


def remove_before(session: Session, chain: UUID, moment: datetime) -> int:
    """Remove the beginning of a chain and remember where it begins now; how many entries."""
    newest = session.execute(
        select(Entry.position, Entry.hash)
        .where(Entry.chain == chain, Entry.at < moment)
        .order_by(Entry.position.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return 0
    session.execute(text("select set_config('app.audit_retention', 'on', true)"))
    removed = session.scalars(
        delete(Entry)
        .where(Entry.chain == chain, Entry.position <= newest.position)
        .returning(Entry.id)
    ).all()
    session.execute(text("select set_config('app.audit_retention', 'off', true)"))
    session.execute(
        update(Chain)
        .where(Chain.id == chain)
        .values(removed_position=newest.position, removed_hash=newest.hash)
    )
    return len(removed)
