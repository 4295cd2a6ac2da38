"""The rules of jobs: who sees them, and what a person may do to one."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.jobs.jobs import repository
from ultra.jobs.jobs.errors import (
    InputNotEditable,
    JobNotCancellable,
    JobNotDroppable,
    JobNotFound,
    JobNotPausable,
    JobNotResumable,
    JobNotRetryable,
)
from ultra.jobs.jobs.presentation import present, present_in_full
from ultra.jobs.jobs.repository import Wanted
from ultra.jobs.jobs.schemas import JobDetail, JobQuery, JobRead
from ultra.jobs.log import quick_state
from ultra.jobs.log import service as logs
from ultra.jobs.log.models import LogEntry
from ultra.jobs.log.quick_state import QuickState
from ultra.jobs.visibility import is_operator, wall
from ultra.kit import tasks
from ultra.kit.access import Actor
from ultra.kit.errors import AppError, Language
from ultra.kit.paging import Cursor
from ultra.kit.tasks import Job, Trigger
from ultra.kit.tasks.registry import all_tasks
from ultra.kit.tasks.subjects import describe_all
from ultra.settings import settings

PURGE_BATCH = 200


def get(session: Session, actor: Actor, job_id: UUID) -> Job:
    """Raises JobNotFound, also for another workspace's job unless an operator asks."""
    workspace_id = None if is_operator(actor) else actor.workspace_id
    job = repository.find(session, workspace_id, job_id)
    if job is None:
        raise JobNotFound
    return job


def page(
    session: Session, actor: Actor, query: JobQuery, language: Language, after: Cursor | None
) -> Sequence[Job]:
    """Raises Forbidden when somebody who is no operator asks for the whole installation."""
    wanted = Wanted(
        workspace_id=wall(actor, query.scope),
        states=query.state,
        queue=query.queue,
        priority=query.priority,
        trigger=query.trigger,
        name=query.name,
        found_by=_look_up(query.q, language) if query.q else None,
        subject_id=query.subject_id,
        parent_id=query.parent_id,
    )
    if wanted.found_by == ([], None):
        return []
    return repository.page(session, wanted, after=after, limit=query.limit)


def show(session: Session, jobs: Sequence[Job], language: Language) -> list[JobRead]:
    """Jobs as a person reads them."""
    subjects = describe_all(session, {job.subject_id for job in jobs if job.subject_id})
    return [present(job, language, subjects) for job in jobs]


def show_one(session: Session, actor: Actor, job_id: UUID, language: Language) -> JobDetail:
    job = get(session, actor, job_id)
    subjects = describe_all(session, [job.subject_id] if job.subject_id else [])
    children = [
        child
        for child in repository.children(session, job.id)
        if is_operator(actor) or child.workspace_id == actor.workspace_id
    ]
    return present_in_full(job, language, subjects, children)


def events(session: Session, actor: Actor, job_id: UUID) -> list[LogEntry]:
    """The job's log. Raises JobNotFound, DocumentsUnreachable."""
    job = get(session, actor, job_id)
    return logs.read(job.workspace_id, job.id)


def read_quick_state(actor: Actor, job_id: UUID) -> QuickState | None:
    """From Redis alone; None when it has to be asked for in the database."""
    state = quick_state.read(job_id)
    if state and (is_operator(actor) or state.workspace_id == actor.workspace_id):
        return state
    return None


def rebuild_quick_state(session: Session, actor: Actor, job_id: UUID) -> QuickState:
    """From the row, which Redis is given a copy of. Raises JobNotFound."""
    job = get(session, actor, job_id)
    quick_state.rebuild(job)
    return QuickState.of(job)


def cancel(session: Session, actor: Actor, job_id: UUID) -> Job:
    """Call it off: at once if it waits, at its next safe point if it runs."""
    return _act(session, actor, job_id, tasks.cancel_job, JobNotCancellable)


def pause(session: Session, actor: Actor, job_id: UUID) -> Job:
    return _act(session, actor, job_id, tasks.pause_job, JobNotPausable)


def resume(session: Session, actor: Actor, job_id: UUID) -> Job:
    return _act(session, actor, job_id, tasks.resume_job, JobNotResumable)


def drop(session: Session, actor: Actor, job_id: UUID) -> Job:
    """Take it off the list of dead letters."""
    return _act(session, actor, job_id, tasks.drop, JobNotDroppable)


def retry(session: Session, actor: Actor, job_id: UUID, args: list[Any] | None) -> Job:
    """Put a dead letter back, with another input if an operator says so."""
    if args is not None and not is_operator(actor):
        raise InputNotEditable

    def put_back(session: Session, job_id: UUID) -> bool:
        return tasks.put_back(session, job_id, args)

    return _act(session, actor, job_id, put_back, JobNotRetryable)


def started_by(session: Session, trigger: Trigger, key: str) -> UUID | None:
    """The job that this trigger has started for the key before."""
    return repository.find_by_trigger(session, trigger, key)


def purge(session: Session) -> int:
    """Remove a batch of jobs that ended long ago, with their logs; how many."""
    old = repository.ended_before(
        session,
        timedelta(days=settings.jobs.keep_days),
        timedelta(days=settings.jobs.keep_given_up_days),
        PURGE_BATCH,
    )
    for job in old:
        # First the log: were it the other way round, a crash could leave one that nobody finds.
        logs.forget(job.workspace_id, job.id)
    repository.remove(session, [job.id for job in old])
    return len(old)


def _act(
    session: Session,
    actor: Actor,
    job_id: UUID,
    act: Callable[[Session, UUID], bool],
    refusal: type[AppError],
) -> Job:
    job = get(session, actor, job_id)
    if not act(session, job.id):
        raise refusal
    session.refresh(job)
    return job


def _look_up(search: str, language: Language) -> tuple[list[str], UUID | None]:
    """The tasks whose name or title has the search in it, or the id that it is.

    Here and not in the database, which would have to read every job there ever was.
    """
    try:
        return [], UUID(search)
    except ValueError:
        wanted = _folded(search)
    names = [
        task.name
        for task in all_tasks()
        if wanted in _folded(task.name) or wanted in _folded(task.title[language])
    ]
    return names, None


def _folded(text: str) -> str:
    # casefold() alone would make two characters of İ, and i of I but not of ı.
    return text.translate({ord(letter): "i" for letter in "İIı"}).casefold()
