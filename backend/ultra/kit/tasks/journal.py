"""The one way in which a job changes its state, and the note of it for the job's log.

State and note are written by one statement, so the log misses nothing. A note leaves through the
outbox; what becomes of it is its carrier's business (the jobs service keeps the log).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, String, cast, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import CTE

from ultra.kit.outbox import CHANNEL, OutboxMessage
from ultra.kit.tasks.models import Job
from ultra.kit.tasks.states import JobState, sources

JOURNAL = "journal"
"""Name of the carrier that takes the notes."""

MOVED = (
    Job.id,
    Job.seq,
    Job.workspace_id,
    Job.name,
    Job.args,
    Job.queue,
    Job.priority,
    Job.fence,
    Job.attempts,
    Job.crashes,
    Job.state,
)
"""What every statement returns of the jobs that it changed."""


def move(
    session: Session,
    target: JobState,
    *conditions: ColumnElement[bool],
    event: str,
    facts: dict[str, Any] | None = None,
    is_urgent: bool = False,
    **values: Any,
) -> Sequence[Row[Any]]:
    """Move the jobs that meet the conditions to `target`, as far as their state allows; those rows.

    `facts` goes into the log. `is_urgent` wakes the dispatcher when the transaction commits.
    """
    changed = (
        update(Job)
        .where(Job.state.in_(sources(target)), *conditions)
        .values(state=target, seq=Job.seq + 1, **values)
        .returning(*MOVED)
        .cte("changed")
    )
    return noting(session, changed, event, facts, is_urgent=is_urgent)


def note(
    session: Session,
    *conditions: ColumnElement[bool],
    event: str,
    facts: dict[str, Any] | None = None,
    **values: Any,
) -> Sequence[Row[Any]]:
    """Change jobs without moving them, with a note for the log; the rows that were changed."""
    changed = (
        update(Job)
        .where(*conditions)
        .values(seq=Job.seq + 1, **values)
        .returning(*MOVED)
        .cte("changed")
    )
    return noting(session, changed, event, facts)


def noting(
    session: Session,
    changed: CTE,
    event: str,
    facts: dict[str, Any] | None = None,
    *,
    is_urgent: bool = False,
) -> Sequence[Row[Any]]:
    """Run the statement behind `changed`, which returns jobs, and write a note for each of them."""
    columns = changed.c
    body: ColumnElement[Any] = func.jsonb_build_object(
        "job_id",
        columns.id,
        "workspace_id",
        columns.workspace_id,
        "name",
        columns.name,
        "seq",
        columns.seq,
        "at",
        func.clock_timestamp(),
        "event",
        literal(event),
        "state",
        columns.state,
    )
    if facts:
        body = body.op("||")(cast(facts, JSONB))
    noted = (
        insert(OutboxMessage)
        .from_select(
            ["carrier", "topic", "body"],
            select(literal(JOURNAL), cast(columns.id, String), body),
        )
        .cte("noted")
    )
    answer = select(*columns).add_cte(noted)
    if is_urgent:
        answer = answer.add_columns(func.pg_notify(CHANNEL, ""))
    return session.execute(answer).all()
