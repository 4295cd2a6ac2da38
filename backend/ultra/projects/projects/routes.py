"""HTTP of projects."""

from typing import Any

from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import PageQuery, Routes
from ultra.kit.paging import next_cursor, read_cursor, write_cursor
from ultra.projects.projects import service as projects
from ultra.projects.projects.presentation import present
from ultra.projects.projects.schemas import (
    CoverUpdate,
    ProjectCreate,
    ProjectMembers,
    ProjectPage,
    ProjectPath,
    ProjectQuery,
    ProjectRead,
    ProjectUpdate,
    ProjectVideoPage,
    ProjectVideoPath,
    ProjectVideoRead,
)

routes = Routes("projects", "projects", prefix="/api/projects")
READ, WRITE = Scope.PROJECTS_READ, Scope.PROJECTS_WRITE


@routes.route_to("get", "", access=READ, returns=ProjectPage)
def list_projects(query: ProjectQuery) -> Any:
    """Projects of the workspace, newest first; those in the archive are a list of their own."""
    with read_only() as session:
        found = projects.page(
            session,
            current_actor(),
            is_archived=query.archived,
            search=query.q,
            after=read_cursor(query.cursor),
            limit=query.limit,
        )
        items = present(session, found)
    return {"items": items, "next_cursor": next_cursor(found, query.limit)}


@routes.route_to("post", "", access=WRITE, returns=ProjectRead, status=201)
def create_project(body: ProjectCreate) -> Any:
    """Begin a project."""
    with transaction() as session:
        return present(session, [projects.create(session, current_actor(), body)])[0]


@routes.route_to("get", "/<uuid:project_id>", access=READ, returns=ProjectRead)
def get_project(path: ProjectPath) -> Any:
    """One project."""
    with read_only() as session:
        return present(session, [projects.get(session, current_actor(), path.project_id)])[0]


@routes.route_to("patch", "/<uuid:project_id>", access=WRITE, returns=ProjectRead)
def update_project(path: ProjectPath, body: ProjectUpdate) -> Any:
    """Change name or description."""
    with transaction() as session:
        project = projects.update(session, current_actor(), path.project_id, body)
        return present(session, [project])[0]


@routes.route_to("delete", "/<uuid:project_id>", access=WRITE)
def delete_project(path: ProjectPath) -> None:
    """Delete a project and its drafts; its videos stay."""
    with transaction() as session:
        projects.delete(session, current_actor(), path.project_id)


@routes.route_to("post", "/<uuid:project_id>/archive", access=WRITE, returns=ProjectRead)
def archive_project(path: ProjectPath) -> Any:
    """Put it into the archive."""
    with transaction() as session:
        project = projects.archive(session, current_actor(), path.project_id)
        return present(session, [project])[0]


@routes.route_to("post", "/<uuid:project_id>/restore", access=WRITE, returns=ProjectRead)
def restore_project(path: ProjectPath) -> Any:
    """Take it out of the archive."""
    with transaction() as session:
        project = projects.restore(session, current_actor(), path.project_id)
        return present(session, [project])[0]


@routes.route_to("put", "/<uuid:project_id>/cover", access=WRITE, returns=ProjectRead)
def set_project_cover(path: ProjectPath, body: CoverUpdate) -> Any:
    """Choose the video whose poster is the cover."""
    with transaction() as session:
        project = projects.set_cover(session, current_actor(), path.project_id, body.video_id)
        return present(session, [project])[0]


@routes.route_to("get", "/<uuid:project_id>/videos", access=READ, returns=ProjectVideoPage)
def list_project_videos(path: ProjectPath, query: PageQuery) -> Any:
    """Videos of a project; those that came last first."""
    with read_only() as session:
        found = projects.videos(
            session,
            current_actor(),
            path.project_id,
            after=read_cursor(query.cursor),
            limit=query.limit,
        )
    items = [
        ProjectVideoRead(
            id=card.id,
            title=card.title,
            status=card.status,
            duration=card.duration,
            has_poster=card.has_poster,
            added_at=link.added_at,
        )
        for link, card in found
    ]
    is_full = len(found) == query.limit
    last = write_cursor(found[-1][0].added_at, found[-1][0].video_id) if is_full else None
    return {"items": items, "next_cursor": last}


@routes.route_to("put", "/<uuid:project_id>/videos/<uuid:video_id>", access=WRITE)
def add_project_video(path: ProjectVideoPath) -> None:
    """Take a video into a project; safe to repeat."""
    with transaction() as session:
        projects.add_video(session, current_actor(), path.project_id, path.video_id)


@routes.route_to("delete", "/<uuid:project_id>/videos/<uuid:video_id>", access=WRITE)
def remove_project_video(path: ProjectVideoPath) -> None:
    """Take a video out of a project; the video stays."""
    with transaction() as session:
        projects.remove_video(session, current_actor(), path.project_id, path.video_id)


@routes.route_to("get", "/<uuid:project_id>/members", access=READ, returns=ProjectMembers)
def list_project_members(path: ProjectPath) -> Any:
    """Everybody who sees the project."""
    with read_only() as session:
        return {"items": projects.members(session, current_actor(), path.project_id)}
