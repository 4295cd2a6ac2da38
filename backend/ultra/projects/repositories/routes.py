"""HTTP of repositories."""

from typing import Any

from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes
from ultra.projects.projects.schemas import ProjectPath
from ultra.projects.repositories import service as repositories
from ultra.projects.repositories.presentation import present
from ultra.projects.repositories.schemas import (
    OfferedItems,
    OfferedQuery,
    OfferedRepository,
    RepositoriesUpdate,
    RepositoryItems,
)

routes = Routes("projects", "repositories", prefix="/api/projects")


@routes.route_to("get", "/github/repositories", access=Scope.PROJECTS_WRITE, returns=OfferedItems)
def list_github_repositories(query: OfferedQuery) -> Any:
    """What there is to choose from, asked of GitHub at this moment; last pushed to first."""
    found, is_complete = repositories.offered(current_actor(), query.q)
    items = [
        OfferedRepository(
            full_name=each.full_name,
            description=each.description,
            url=each.html_url,
            is_private=each.private,
            stars=each.stargazers_count,
            pushed_at=each.pushed_at,
        )
        for each in found
    ]
    return {"items": items, "is_complete": is_complete}


@routes.route_to(
    "get", "/<uuid:project_id>/repositories", access=Scope.PROJECTS_READ, returns=RepositoryItems
)
def list_project_repositories(path: ProjectPath) -> Any:
    """Repositories of a project with their figures, as GitHub last told them."""
    with read_only() as session:
        found = repositories.of_project(session, current_actor(), path.project_id)
    return {"items": [present(row, releases) for row, releases in found]}


@routes.route_to(
    "put", "/<uuid:project_id>/repositories", access=Scope.PROJECTS_WRITE, returns=RepositoryItems
)
def set_project_repositories(path: ProjectPath, body: RepositoriesUpdate) -> Any:
    """Choose the project's repositories, all at once; their figures follow within seconds."""
    with transaction() as session:
        repositories.choose(session, current_actor(), path.project_id, body.full_names)
        found = repositories.of_project(session, current_actor(), path.project_id)
    return {"items": [present(row, releases) for row, releases in found]}
