"""Every query about hooks and their calls."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.jobs.hooks.kinds import CallStatus
from ultra.jobs.hooks.models import Hook, HookCall
from ultra.jobs.hooks.signatures import Identity
from ultra.kit.ids import new_id
from ultra.kit.paging import Cursor, newest_first


def find(
    session: Session, workspace_id: UUID, hook_id: UUID, *, for_update: bool = False
) -> Hook | None:
    query = select(Hook).where(Hook.workspace_id == workspace_id, Hook.id == hook_id)
    return session.scalar(query.with_for_update() if for_update else query)


def find_enabled(session: Session, token: str) -> Hook | None:
    return session.scalar(select(Hook).where(Hook.token == token, Hook.is_enabled))


def page(
    session: Session, workspace_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[Hook]:
    query = select(Hook).where(Hook.workspace_id == workspace_id)
    query = newest_first(query, Hook.created_at, Hook.id, after=after, limit=limit)
    return session.scalars(query).all()


def count(session: Session, workspace_id: UUID) -> int:
    query = select(func.count()).where(Hook.workspace_id == workspace_id)
    return session.scalars(query).one()


def clock(session: Session) -> datetime:
    return session.scalars(select(func.now())).one()


def take(session: Session, hook: Hook, identity: Identity) -> UUID | None:
    """Note a call as accepted; None when this one was accepted before.

    Of two at the same time the second waits here until the first has ended.
    """
    return session.scalar(
        insert(HookCall)
        .values(
            id=new_id(),
            hook_id=hook.id,
            status=CallStatus.ACCEPTED,
            external_id=identity.external_id,
            body_digest=identity.body_digest,
        )
        .on_conflict_do_nothing()
        .returning(HookCall.id)
    )


def find_accepted(session: Session, hook: Hook, identity: Identity) -> HookCall:
    """The call that this one repeats."""
    is_same = []
    if identity.external_id is not None:
        is_same.append(HookCall.external_id == identity.external_id)
    if identity.body_digest is not None:
        is_same.append(HookCall.body_digest == identity.body_digest)
    return session.scalars(
        select(HookCall)
        .where(HookCall.hook_id == hook.id, HookCall.status == CallStatus.ACCEPTED, or_(*is_same))
        .limit(1)
    ).one()


def change_call(session: Session, call_id: UUID, **values: Any) -> None:
    session.execute(update(HookCall).where(HookCall.id == call_id).values(**values))


def add_call(session: Session, hook: Hook, status: CallStatus, **values: Any) -> None:
    session.add(HookCall(hook_id=hook.id, status=status, **values))


def vain_calls_lately(session: Session, hook: Hook) -> int:
    """Refused ones and repetitions within the last minute."""
    return session.scalars(
        select(func.count()).where(
            HookCall.hook_id == hook.id,
            HookCall.created_at > func.now() - timedelta(minutes=1),
            HookCall.status != CallStatus.ACCEPTED,
        )
    ).one()


def count_call(session: Session, hook: Hook, status: CallStatus) -> None:
    """The last statement of a call, because other calls of this hook wait for it."""
    counter = Hook.calls_refused if status is CallStatus.REFUSED else Hook.calls_ok
    session.execute(
        update(Hook)
        .where(Hook.id == hook.id)
        .values({counter: counter + 1, Hook.last_called_at: func.now()})
    )


def calls(
    session: Session, hook_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[HookCall]:
    query = select(HookCall).where(HookCall.hook_id == hook_id)
    query = newest_first(query, HookCall.created_at, HookCall.id, after=after, limit=limit)
    return session.scalars(query).all()


def remove_old_calls(session: Session, age: timedelta, limit: int) -> int:
    old = select(HookCall.id).where(HookCall.created_at < func.now() - age).limit(limit)
    gone = session.scalars(delete(HookCall).where(HookCall.id.in_(old)).returning(HookCall.id))
    return len(gone.all())
