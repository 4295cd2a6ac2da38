"""The job that keeps the figures of a connection's repositories fresh: claim, ask, record."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit import live, tasks
from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks import Lease
from ultra.platforms.github.outcomes import NeedsLogin, RateLimited, TryLater
from ultra.projects.connections import repository as connections
from ultra.projects.connections import tokens
from ultra.projects.connections.errors import (
    GitHubAway,
    GitHubNotConnected,
    GitHubReconnectRequired,
)
from ultra.projects.repositories import repository
from ultra.projects.repositories.looking import Seen, look
from ultra.projects.repositories.models import Repository
from ultra.projects.repositories.service import ask_soon
from ultra.settings import settings

log = get_logger()

YOUNG: Final = timedelta(minutes=15)
"""For so long GitHub is asked again and again for the activity of a repository that is new here."""
LOOK_AGAIN: Final = timedelta(seconds=30)
AWAY_PAUSE: Final = timedelta(minutes=2)
TRIES: Final = 2
"""So many repositories in a row without a good answer: it is GitHub, and not one of them."""
BATCH: Final = 100


def start_due() -> int:
    """Start the job of each connection whose time has come; how many."""
    with transaction() as session:
        found = connections.due(session, BATCH)
        for connection in found:
            ask_soon(session, connection)
            # Whether a job was started or one was running: it has had its turn.
            pause = timedelta(minutes=settings.github.refresh_minutes)
            connection.next_look_at = func.now() + pause
    return len(found)


def refresh(lease: Lease, connection_id: UUID) -> dict[str, int]:
    """Look at each repository whose figures are old.

    One that GitHub answers badly does not keep the others waiting. It is looked at again soon, and
    after a second bad answer at the usual time: that GitHub is away is nobody's failure here.
    Raises tasks.RateLimited when it asks to wait.
    """
    # A little less than the pause, which the job's own run takes a part of.
    age = timedelta(minutes=settings.github.refresh_minutes) * 0.9
    with transaction() as session:
        connection = connections.find(session, connection_id, for_update=True)
        if connection is not None:
            # A deleted project leaves its repositories behind.
            repository.remove_unchosen(session, connection.workspace_id)
        found = repository.due(session, connection_id, age=age, young=YOUNG)
    looked_at, bad_in_a_row, is_new_trouble = 0, 0, False
    for each in found:
        lease.check()
        try:
            token = tokens.usable_token(connection_id)
        except (GitHubNotConnected, GitHubReconnectRequired):
            break
        except GitHubAway:
            is_new_trouble = True
            break
        seen = look(token, each.full_name, each.etags)
        with transaction() as session:
            lease.guard(session)
            _record(session, each.id, seen)
        looked_at += 1
        if isinstance(seen.stop, NeedsLogin):
            tokens.rejected(connection_id, token)
            break
        if isinstance(seen.stop, RateLimited):
            _note_limit(lease, connection_id, seen.stop.after)
            raise tasks.RateLimited("GitHub asks to wait", seen.stop.after)
        if isinstance(seen.stop, TryLater):
            log.warning("github.away", reason=seen.stop.reason, repository=each.full_name)
            is_new_trouble |= _was_well(each)
            bad_in_a_row += 1
            if bad_in_a_row == TRIES:
                break
            continue
        bad_in_a_row = 0
        if seen.is_short:
            log.info("github.limit_is_short", connection_id=str(connection_id))
            break
    _plan_next(lease, connection_id, is_new_trouble=is_new_trouble)
    return {"looked_at": looked_at}


def _record(session: Session, repository_id: UUID, seen: Seen) -> None:
    row = repository.lock(session, repository_id)
    if row is None:
        # No project has it any more.
        return
    before = _shown(row)
    values = dict(seen.values)
    full_name = values.pop("full_name", row.full_name)
    if full_name.lower() == row.name_key or not repository.has_name(
        session, row.connection_id, full_name.lower()
    ):
        row.full_name, row.name_key = full_name, full_name.lower()
    for name, value in values.items():
        setattr(row, name, value)
    row.etags = {**row.etags, **seen.etags}
    row.tried_at = func.now()
    if seen.stop is None:
        row.problem = seen.problem
        row.checked_at = func.now()
    if seen.releases is not None:
        repository.put_releases(session, row, seen.releases)
    if seen.releases is not None or before != _shown(row):
        people = auth.member_ids(session, row.workspace_id)
        data = {"project_ids": [str(each) for each in repository.project_ids_of(session, row.id)]}
        live.tell(session, people, "project.repositories", data, workspace_id=row.workspace_id)


def _was_well(row: Repository) -> bool:
    """Whether GitHub answered the last time that it was asked, or was never asked."""
    return row.tried_at in (None, row.checked_at)


def _shown(row: Repository) -> tuple[object, ...]:
    """What people see of it, to tell them of changes alone."""
    figures = (row.stars, row.open_total, row.open_pulls, row.activity, row.pushed_at)
    return (row.full_name, row.description, row.is_private, row.problem, *figures)


def _note_limit(lease: Lease, connection_id: UUID, after: timedelta) -> None:
    with transaction() as session:
        lease.guard(session)
        connection = connections.find(session, connection_id, for_update=True)
        if connection is not None:
            connection.limited_until = func.now() + after


def _plan_next(lease: Lease, connection_id: UUID, *, is_new_trouble: bool) -> None:
    """Come back soon for new trouble, or while GitHub counts; the regular time stands otherwise."""
    with transaction() as session:
        lease.guard(session)
        connection = connections.find(session, connection_id, for_update=True)
        if connection is None:
            return
        connection.limited_until = None
        if is_new_trouble:
            connection.next_look_at = func.now() + AWAY_PAUSE
        elif repository.is_counting(session, connection_id, YOUNG):
            connection.next_look_at = func.now() + LOOK_AGAIN
