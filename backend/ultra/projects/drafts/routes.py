"""HTTP of drafts."""

from typing import Any

from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import PageQuery, Routes, caller_language
from ultra.kit.paging import next_cursor, read_cursor
from ultra.projects.drafts import service as drafts
from ultra.projects.drafts.schemas import (
    DraftCreate,
    DraftPage,
    DraftPath,
    DraftRead,
    DraftUpdate,
    ReleasePath,
)
from ultra.projects.projects.schemas import ProjectPath

routes = Routes("projects", "drafts", prefix="/api/projects")
READ, WRITE = Scope.PROJECTS_READ, Scope.PROJECTS_WRITE


@routes.route_to(
    "post",
    "/<uuid:project_id>/releases/<uuid:release_id>/draft",
    access=WRITE,
    returns=DraftRead,
    status=201,
)
def create_release_draft(path: ReleasePath, body: DraftCreate) -> Any:
    """Make the draft of a post from a release."""
    language = body.language or caller_language()
    with transaction() as session:
        return drafts.create(session, current_actor(), path.project_id, path.release_id, language)


@routes.route_to("get", "/<uuid:project_id>/drafts", access=READ, returns=DraftPage)
def list_drafts(path: ProjectPath, query: PageQuery) -> Any:
    """Drafts of a project, newest first."""
    with read_only() as session:
        found = drafts.page(
            session,
            current_actor(),
            path.project_id,
            after=read_cursor(query.cursor),
            limit=query.limit,
        )
    return {"items": found, "next_cursor": next_cursor(found, query.limit)}


@routes.route_to(
    "patch", "/<uuid:project_id>/drafts/<uuid:draft_id>", access=WRITE, returns=DraftRead
)
def update_draft(path: DraftPath, body: DraftUpdate) -> Any:
    """Change the text."""
    with transaction() as session:
        return drafts.update(session, current_actor(), path.project_id, path.draft_id, body.body)


@routes.route_to("delete", "/<uuid:project_id>/drafts/<uuid:draft_id>", access=WRITE)
def delete_draft(path: DraftPath) -> None:
    """Delete a draft."""
    with transaction() as session:
        drafts.delete(session, current_actor(), path.project_id, path.draft_id)
