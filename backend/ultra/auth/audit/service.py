"""The rules of the audit log: writing entries, verifying the chain, forgetting what is too old."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.audit import origin, repository
from ultra.auth.audit.chain import hash_of, plain_facts
from ultra.auth.audit.models import INSTALLATION, Entry
from ultra.auth.audit.outcomes import Outcome
from ultra.auth.audit.repository import Filters, Named
from ultra.auth.events import AuditLogBroken
from ultra.kit.access import Actor
from ultra.kit.clock import now
from ultra.kit.db import before_commit
from ultra.kit.events import announce
from ultra.kit.ids import new_id
from ultra.kit.paging import Cursor
from ultra.settings import settings

CHAIN_BROKEN = "audit_chain_broken"
"""Error code of the job that finds it. Operators are told of the break itself, not of each job."""
PENDING = "audit"
"""Where a session keeps the entries of its transaction until the end."""


@dataclass(frozen=True)
class Verdict:
    """Whether a chain is as it was written."""

    entries: int
    is_whole: bool
    broken_at: int | None
    """Position of the first entry that is missing, changed, or does not fit the one before."""
    checked_at: datetime = field(default_factory=now)


def record(
    session: Session,
    action: str,
    *,
    actor: Actor | None = None,
    workspace_id: UUID | None = None,
    user_id: UUID | None = None,
    object_type: str | None = None,
    object_id: UUID | str | None = None,
    outcome: Outcome | str = Outcome.OK,
    facts: Mapping[str, Any] | None = None,
    of_installation: bool = False,
) -> None:
    """Write down what is happening (`noun.verb`), in the same transaction as the thing itself.

    Who, where and from which address are the request's, unless given. Without a workspace it goes
    into the log of the installation; so does what an operator does there, wherever they are. Facts
    with a telling name are masked; never pass a secret.
    """
    source = origin.here()
    actor = actor or source.actor
    if of_installation:
        workspace_id = None
    else:
        workspace_id = workspace_id or (actor.workspace_id if actor else None)
    entry = Entry(
        id=new_id(),
        chain=workspace_id or INSTALLATION,
        workspace_id=workspace_id,
        user_id=user_id or (actor.user_id if actor else None),
        key_id=actor.key_id if actor else None,
        action=action,
        object_type=object_type,
        object_id=None if object_id is None else str(object_id),
        outcome=Outcome(outcome),
        ip=source.ip,
        user_agent=source.user_agent,
        request_id=source.request_id,
        facts=plain_facts(dict(facts or {})),
    )
    pending: list[Entry] = session.info.setdefault(PENDING, [])
    if not pending:
        # Last of all, in one order: the lock on a chain is held for the shortest time, and nobody
        # who holds one ever waits for another lock.
        before_commit(session, lambda: _append_pending(session))
    pending.append(entry)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What of some settings is another now, as facts."""
    return {
        name: {"from": before[name], "to": after[name]}
        for name in before
        if before[name] != after[name]
    }


def page(
    session: Session,
    chain: UUID,
    filters: Filters,
    *,
    after: Cursor | None,
    limit: int,
) -> Sequence[Entry]:
    return repository.page(session, chain, filters, after=after, limit=limit)


def name(session: Session, entries: Sequence[Entry]) -> list[Named]:
    """With those who did it, as far as there still is such an account."""
    names = repository.find_names(session, {each.user_id for each in entries if each.user_id})
    nobody = (None, None)
    return [
        Named(each, *(names.get(each.user_id, nobody) if each.user_id else nobody))
        for each in entries
    ]


def verify(session: Session, chain: UUID) -> Verdict:
    """Walk along the whole chain and compute it anew; the first thing that its session does.

    Of one moment, as entries are added and old ones removed meanwhile.
    """
    repository.hold_still(session)
    ends = repository.find_chain(session, chain)
    if ends is None:
        return Verdict(0, is_whole=True, broken_at=None)
    last, last_hash = ends.position, ends.hash
    position, previous = ends.removed_position, ends.removed_hash
    count = 0
    with closing(repository.read_on(session, chain, position, last)) as entries:
        for entry in entries:
            position += 1
            fits = entry.position == position and entry.previous_hash == previous
            if not fits or hash_of(entry, previous) != entry.hash:
                return Verdict(count, is_whole=False, broken_at=position)
            previous = entry.hash
            count += 1
    if position != last or previous != last_hash:
        return Verdict(count, is_whole=False, broken_at=position + 1)
    return Verdict(count, is_whole=True, broken_at=None)


def tell_of_break(session: Session, chain: UUID, verdict: Verdict) -> None:
    """Announce a break that nobody was told of, and remember that; one that is gone as well."""
    if repository.set_told_break(session, chain, verdict.broken_at) and verdict.broken_at:
        announce(session, AuditLogBroken(chain, verdict.broken_at, verdict.checked_at))


def chain_ids(session: Session) -> list[UUID]:
    return repository.chain_ids(session)


def forget_old(session: Session, chain: UUID) -> int:
    """Remove what is older than the retention time, and write down that this was done."""
    moment = now() - timedelta(days=settings.auth.audit_keep_days)
    removed = repository.remove_before(session, chain, moment)
    if removed:
        workspace_id = None if chain == INSTALLATION else chain
        facts = {"entries": removed, "before": moment}
        record(session, "audit.shortened", workspace_id=workspace_id, facts=facts)
    return removed


def _append_pending(session: Session) -> None:
    by_chain: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in session.info.pop(PENDING):
        by_chain[entry.chain].append(entry)
    session.flush()
    repository.leave_walls(session)
    for chain in sorted(by_chain):
        entries = by_chain[chain]
        end = repository.lock_end(session, chain, len(entries))
        previous = end.hash
        for step, entry in enumerate(entries, start=1):
            entry.position, entry.at = end.position + step, end.at
            entry.previous_hash = previous
            entry.hash = previous = hash_of(entry, previous)
        repository.append(session, chain, entries)
