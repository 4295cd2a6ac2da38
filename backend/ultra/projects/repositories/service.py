"""The rules of repositories: which ones there are to choose from, which a project has."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ultra.kit import clock, tasks
from ultra.kit.access import Actor
from ultra.kit.db import read_only
from ultra.kit.search import fold
from ultra.platforms.github import api
from ultra.platforms.github.outcomes import Found, NeedsLogin, RateLimited
from ultra.platforms.github.shapes import RepositoryFacts
from ultra.projects.connections import service as connections
from ultra.projects.connections import tokens
from ultra.projects.connections.errors import (
    GitHubAway,
    GitHubBusy,
    GitHubReconnectRequired,
)
from ultra.projects.connections.models import GitHubConnection
from ultra.projects.projects import service as projects
from ultra.projects.repositories import repository
from ultra.projects.repositories.errors import ReleaseNotFound
from ultra.projects.repositories.models import Release, Repository
from ultra.settings import settings

REFRESH: Final = "projects.refresh_repositories"
PAGES: Final = 5
"""Of a hundred repositories each: what one question of a person may cost of GitHub's limit."""
SHOWN: Final = 50


def offered(actor: Actor, search: str | None) -> tuple[list[RepositoryFacts], bool]:
    """What the grant can see, as GitHub says now, and whether that is all.

    Raises GitHubNotConnected, GitHubReconnectRequired, GitHubBusy or GitHubAway.
    """
    with read_only() as session:
        connection = connections.get_of(session, actor)
    if connection.limited_until and connection.limited_until > clock.now():
        left = connection.limited_until - clock.now()
        raise GitHubBusy(seconds=int(left.total_seconds()) + 1)
    token = tokens.usable_token(connection.id)
    wanted = fold(search or "")
    found: list[RepositoryFacts] = []
    for number in range(1, PAGES + 1):
        page = api.list_repositories(token, number)
        match page:
            case NeedsLogin():
                tokens.rejected(connection.id, token)
                raise GitHubReconnectRequired
            case RateLimited(after):
                raise GitHubBusy(seconds=int(after.total_seconds()) + 1)
            case Found(value):
                found += [each for each in value.items if wanted in fold(each.full_name)]
                if len(found) > SHOWN:
                    return found[:SHOWN], False
                if not value.has_more:
                    return found, True
            case _:
                raise GitHubAway
    return found, False


def of_project(
    session: Session, actor: Actor, project_id: UUID
) -> list[tuple[Repository, list[Release]]]:
    """The project's repositories with their releases, newest first. Raises ProjectNotFound."""
    project = projects.get(session, actor, project_id)
    found = repository.of_project(session, actor.workspace_id, project.id)
    releases = repository.releases_of(session, [each.id for each in found])
    return [
        (each, [release for release in releases if release.repository_id == each.id])
        for each in found
    ]


def get_release(
    session: Session, actor: Actor, project_id: UUID, release_id: UUID
) -> tuple[Release, Repository]:
    """A release of one of the project's repositories. Raises ReleaseNotFound."""
    found = repository.find_release(session, actor.workspace_id, project_id, release_id)
    if found is None:
        raise ReleaseNotFound
    return found


def choose(session: Session, actor: Actor, project_id: UUID, names: Sequence[str]) -> None:
    """Make these the project's repositories; a job asks GitHub about the new ones.

    One that GitHub does not show to the grant says so after the first look at it. Raises
    ProjectNotFound, ProjectArchived or GitHubNotConnected.
    """
    project = projects.get_to_change(session, actor, project_id)
    connection = connections.get_of(session, actor, for_update=True)
    ids = repository.put(session, connection, names)
    repository.set_links(session, actor.workspace_id, project.id, ids)
    if ids:
        ask_soon(session, connection)
    projects.changed(session, project)


def ask_soon(session: Session, connection: GitHubConnection) -> None:
    """Have a job look at the connection's repositories now, and from then on regularly."""
    started = tasks.enqueue(
        session,
        REFRESH,
        connection.id,
        workspace_id=connection.workspace_id,
        dedupe_key=f"{REFRESH}:{connection.id}",
    )
    # One that runs already may have read the list before this change: then it is due at once.
    pause = timedelta(minutes=settings.github.refresh_minutes) if started else timedelta(0)
    connection.next_look_at = func.now() + pause
