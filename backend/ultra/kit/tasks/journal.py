"""The one way in which a job is made and changes its state, and the note of it for the job's log.

State and note are written by one statement, so the log misses nothing. A note leaves through the
outbox; what becomes of it is its carrier's business (the jobs service keeps the log). It is SQL in
text, because these statements run several times for each job: put together from expressions they
cost five times as much as the database needs to run them (bench/jobs.py).
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.orm import Session

from ultra.kit.outbox import CHANNEL
from ultra.kit.tasks.states import JobState, sources

JOURNAL = "journal"
"""Name of the carrier that takes the notes."""

_NOTED = f"""
, noted as (
  insert into outbox (carrier, topic, body)
  select '{JOURNAL}', id::text, jsonb_build_object(
    'job_id', id, 'workspace_id', workspace_id, 'name', name, 'seq', seq, 'state', state,
    'at', clock_timestamp(), 'event', cast(:event as text)) || cast(:facts as jsonb)
  from changed
)
select *{{bell}} from changed
"""  # noqa: S608 - constants of ours
_RETURNED = """
  returning jobs.id, jobs.seq, jobs.workspace_id, jobs.name, jobs.args, jobs.fence, jobs.attempts,
            jobs.state
"""
_BELL = f", pg_notify('{CHANNEL}', '')"
_COLUMNS = (
    "id",
    "name",
    "args",
    "queue",
    "priority",
    "trigger",
    "trigger_key",
    "dedupe_key",
    "workspace_id",
    "subject_id",
    "parent_id",
    "deadline",
    "trace_id",
)


@cache
def _creation() -> TextClause:
    names = ", ".join(_COLUMNS)
    values = ", ".join(
        "cast(:args as jsonb)" if name == "args" else f":{name}" for name in _COLUMNS
    )
    return text(
        f"""with changed as (
  insert into jobs ({names}, not_before, seq)
  values ({values}, coalesce(:not_before, now() + :pause), 1)
  on conflict do nothing {_RETURNED}
) {_NOTED.format(bell=_BELL)}"""  # noqa: S608 - constants of ours
    )


@cache
def _change(sets: str, where: str, bell: str = "") -> TextClause:
    return text(
        f"with changed as (update jobs set {sets} where {where} {_RETURNED}) "  # noqa: S608
        + _NOTED.format(bell=bell)
    )


def create(session: Session, values: dict[str, Any]) -> bool:
    """Make a job of these columns; False when one of its keys is taken."""
    facts = {"trigger": values["trigger"]}
    parameters = {
        **values,
        "args": json.dumps(values["args"]),
        "event": "created",
        "facts": json.dumps(facts),
    }
    return session.execute(_creation(), parameters).one_or_none() is not None


def move(
    session: Session,
    target: JobState,
    where: str,
    *,
    event: str,
    sets: str = "",
    facts: dict[str, Any] | None = None,
    is_urgent: bool = False,
    **parameters: Any,
) -> Sequence[Row[Any]]:
    """Move the jobs that meet `where` to `target`, as far as their state allows; those rows.

    `where` and `sets` are SQL, constants of the calling code, whose values are the parameters.
    `facts` goes into the log. `is_urgent` wakes the dispatcher when the transaction commits.
    """
    statement = _change(
        f"seq = seq + 1, state = :target{', ' if sets else ''}{sets}",
        f"state = any(:sources) and {where}",
        _BELL if is_urgent else "",
    )
    own = {"target": target.value, "sources": [state.value for state in sources(target)]}
    return _run(session, statement, event, facts, {**parameters, **own})


def note(
    session: Session, where: str, *, event: str, sets: str, **parameters: Any
) -> Sequence[Row[Any]]:
    """Change jobs without moving them, with a note for the log; the rows that were changed."""
    return _run(session, _change(f"seq = seq + 1, {sets}", where), event, None, parameters)


def tell(
    session: Session,
    where: str,
    *,
    event: str,
    sets: str,
    facts: dict[str, Any],
    **parameters: Any,
) -> None:
    """Change jobs with news for those who watch; it is no entry of the log, so it has no number."""
    _run(session, _change(sets, where), event, facts, parameters)


def writable(words: str) -> str:
    """The words as PostgreSQL can keep them: no zero characters, no halves of surrogate pairs."""
    return words.encode(errors="replace").decode().replace("\0", "\ufffd")


def _run(
    session: Session,
    statement: TextClause,
    event: str,
    facts: dict[str, Any] | None,
    parameters: dict[str, Any],
) -> Sequence[Row[Any]]:
    values = {**parameters, "event": event, "facts": json.dumps(facts or {})}
    return session.execute(statement, values).all()
