"""Puts back or drops many dead letters, each by itself: one that cannot move stops no other."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.jobs.dead_letters import repository
from ultra.jobs.dead_letters.schemas import DeadLetterChoice
from ultra.jobs.visibility import wall
from ultra.kit import tasks
from ultra.kit.access import Actor
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import AppError

MOST = 5000
"""Of one request; whoever has more asks again."""
BATCH = 200


def put_back(actor: Actor, choice: DeadLetterChoice) -> int:
    """How many were put back into their queues."""
    return _change(actor, choice, tasks.put_back)


def drop(actor: Actor, choice: DeadLetterChoice) -> int:
    """How many were taken off the list."""
    return _change(actor, choice, tasks.drop)


def _change(actor: Actor, choice: DeadLetterChoice, act: Callable[[Session, UUID], bool]) -> int:
    with read_only() as session:
        workspace_id = wall(actor, choice.scope)
        found = repository.chosen(
            session, workspace_id, ids=choice.ids, name=choice.name, limit=MOST
        )
    changed = 0
    for start in range(0, len(found), BATCH):
        # Short transactions: workers must not wait for the rows of thousands.
        with transaction() as session:
            changed += sum(_act(session, job_id, act) for job_id in found[start : start + BATCH])
    return changed


def _act(session: Session, job_id: UUID, act: Callable[[Session, UUID], bool]) -> bool:
    try:
        with session.begin_nested():
            return act(session, job_id)
    except AppError:
        # Its own service refuses, for instance because the video is gone.
        return False
