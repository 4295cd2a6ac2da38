"""HTTP of schedules."""

from typing import Any

from ultra.jobs.schedules import service as schedules
from ultra.jobs.schedules.schemas import (
    ScheduleCreate,
    SchedulePage,
    SchedulePath,
    SchedulePreview,
    ScheduleQuery,
    ScheduleRead,
    ScheduleUpdate,
    Timing,
)
from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes, caller_language
from ultra.kit.paging import next_cursor, read_cursor

routes = Routes("jobs", "schedules", prefix="/api/jobs/schedules")
READ, WRITE = Scope.JOBS_READ, Scope.JOBS_WRITE


@routes.route_to("get", "", access=READ, returns=SchedulePage)
def list_schedules(query: ScheduleQuery) -> Any:
    """Schedules of the workspace, newest first; all of them, also the product's, for operators."""
    with read_only() as session:
        found = schedules.page(
            session,
            current_actor(),
            query.scope,
            after=read_cursor(query.cursor),
            limit=query.limit,
        )
        items = [schedules.present(each, caller_language()) for each in found]
    return {"items": items, "next_cursor": next_cursor(found, query.limit)}


@routes.route_to("post", "", access=WRITE, returns=ScheduleRead, status=201)
def create_schedule(body: ScheduleCreate) -> Any:
    """Have something started by the clock."""
    with transaction() as session:
        return _shown(schedules.create(session, current_actor(), body))


@routes.route_to("post", "/preview", access=READ, returns=SchedulePreview)
def preview_schedule(body: Timing) -> Any:
    """When it would be due, without making it."""
    with read_only() as session:
        return {"upcoming": schedules.preview(session, body)}


@routes.route_to("patch", "/<uuid:schedule_id>", access=WRITE, returns=ScheduleRead)
def update_schedule(path: SchedulePath, body: ScheduleUpdate) -> Any:
    """Change a schedule, pause it or let it go on."""
    with transaction() as session:
        return _shown(schedules.update(session, current_actor(), path.schedule_id, body))


@routes.route_to("delete", "/<uuid:schedule_id>", access=WRITE)
def delete_schedule(path: SchedulePath) -> None:
    """Delete a schedule; jobs that it started stay."""
    with transaction() as session:
        schedules.delete(session, current_actor(), path.schedule_id)


@routes.route_to("post", "/<uuid:schedule_id>/run", access=WRITE, returns=ScheduleRead)
def run_schedule(path: SchedulePath) -> Any:
    """Start its job now, out of turn."""
    with transaction() as session:
        return _shown(schedules.run(session, current_actor(), path.schedule_id))


def _shown(schedule: Any) -> ScheduleRead:
    return schedules.present(schedule, caller_language())
