"""HTTP of jobs."""

from typing import Any

from ultra.jobs.jobs import service as jobs
from ultra.jobs.jobs.schemas import (
    JobDetail,
    JobEvents,
    JobPage,
    JobPath,
    JobQuery,
    JobRead,
    JobRetry,
    JobStateRead,
)
from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes, caller_language
from ultra.kit.paging import next_cursor, read_cursor

routes = Routes("jobs", "jobs", prefix="/api/jobs")
READ, WRITE = Scope.JOBS_READ, Scope.JOBS_WRITE


@routes.route_to("get", "", access=READ, returns=JobPage)
def list_jobs(query: JobQuery) -> Any:
    """Jobs of the workspace, newest first; of the whole installation for its operators."""
    language = caller_language()
    with read_only() as session:
        found = jobs.page(session, current_actor(), query, language, read_cursor(query.cursor))
        items = jobs.show(session, found, language)
    return {"items": items, "next_cursor": next_cursor(found, query.limit)}


@routes.route_to("get", "/<uuid:job_id>", access=READ, returns=JobDetail)
def get_job(path: JobPath) -> Any:
    """One job."""
    with read_only() as session:
        return jobs.show_one(session, current_actor(), path.job_id, caller_language())


@routes.route_to("get", "/<uuid:job_id>/events", access=READ, returns=JobEvents)
def list_job_events(path: JobPath) -> Any:
    """All that happened to a job, in order."""
    with read_only() as session:
        return {"items": jobs.events(session, current_actor(), path.job_id)}


@routes.route_to("get", "/<uuid:job_id>/state", access=READ, returns=JobStateRead)
def get_job_state(path: JobPath) -> Any:
    """How far a job is: a cheap question, for asking often."""
    actor, source = current_actor(), "redis"
    state = jobs.read_quick_state(actor, path.job_id)
    if state is None:
        source = "postgres"
        with read_only() as session:
            state = jobs.rebuild_quick_state(session, actor, path.job_id)
    return {
        "id": path.job_id,
        "state": state.state,
        "progress": state.progress,
        "progress_note": state.progress_note,
        "seq": state.seq,
        "source": source,
    }


@routes.route_to("post", "/<uuid:job_id>/cancel", access=WRITE, returns=JobRead)
def cancel_job(path: JobPath) -> Any:
    """Call a job off."""
    with transaction() as session:
        return _shown(session, jobs.cancel(session, current_actor(), path.job_id))


@routes.route_to("post", "/<uuid:job_id>/pause", access=WRITE, returns=JobRead)
def pause_job(path: JobPath) -> Any:
    """Hold back a job that has not begun."""
    with transaction() as session:
        return _shown(session, jobs.pause(session, current_actor(), path.job_id))


@routes.route_to("post", "/<uuid:job_id>/resume", access=WRITE, returns=JobRead)
def resume_job(path: JobPath) -> Any:
    """Let a job that was held back go on."""
    with transaction() as session:
        return _shown(session, jobs.resume(session, current_actor(), path.job_id))


@routes.route_to("post", "/<uuid:job_id>/retry", access=WRITE, returns=JobRead)
def retry_job(path: JobPath, body: JobRetry) -> Any:
    """Put a dead letter back into its queue."""
    with transaction() as session:
        return _shown(session, jobs.retry(session, current_actor(), path.job_id, body.args))


@routes.route_to("post", "/<uuid:job_id>/drop", access=WRITE, returns=JobRead)
def drop_job(path: JobPath) -> Any:
    """Take a job off the list of dead letters."""
    with transaction() as session:
        return _shown(session, jobs.drop(session, current_actor(), path.job_id))


def _shown(session: Any, job: Any) -> JobRead:
    return jobs.show(session, [job], caller_language())[0]
