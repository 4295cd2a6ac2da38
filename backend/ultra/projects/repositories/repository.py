"""Every query about repositories, their releases, and the projects that chose them."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit.ids import new_id
from ultra.projects.connections.models import GitHubConnection
from ultra.projects.connections.states import ConnectionState
from ultra.projects.repositories.models import ProjectRepository, Release, Repository


def of_project(session: Session, workspace_id: UUID, project_id: UUID) -> Sequence[Repository]:
    """In the order of their names; none while their connection is being given back."""
    return session.scalars(
        select(Repository)
        .join(ProjectRepository, ProjectRepository.repository_id == Repository.id)
        .join(GitHubConnection, GitHubConnection.id == Repository.connection_id)
        .where(
            ProjectRepository.project_id == project_id,
            Repository.workspace_id == workspace_id,
            GitHubConnection.state != ConnectionState.LEAVING,
        )
        .order_by(Repository.name_key)
    ).all()


def releases_of(session: Session, repository_ids: Collection[UUID]) -> Sequence[Release]:
    """Newest first."""
    return session.scalars(
        select(Release)
        .where(Release.repository_id.in_(repository_ids))
        .order_by(Release.published_at.desc(), Release.github_id.desc())
    ).all()


def find_release(
    session: Session, workspace_id: UUID, project_id: UUID, release_id: UUID
) -> tuple[Release, Repository] | None:
    """A release of one of the project's repositories."""
    row = session.execute(
        select(Release, Repository)
        .join(Repository, Repository.id == Release.repository_id)
        .join(ProjectRepository, ProjectRepository.repository_id == Repository.id)
        .where(
            Release.id == release_id,
            Release.workspace_id == workspace_id,
            ProjectRepository.project_id == project_id,
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def put(session: Session, connection: GitHubConnection, names: Sequence[str]) -> list[UUID]:
    """Rows for these names, made where there are none; their ids."""
    by_key = {name.lower(): name for name in names}
    if by_key:
        session.execute(
            insert(Repository)
            .values(
                [
                    {
                        "id": new_id(),
                        "workspace_id": connection.workspace_id,
                        "connection_id": connection.id,
                        "full_name": name,
                        "name_key": key,
                        "etags": {},
                    }
                    for key, name in by_key.items()
                ]
            )
            .on_conflict_do_nothing()
        )
    return list(
        session.scalars(
            select(Repository.id).where(
                Repository.connection_id == connection.id, Repository.name_key.in_(by_key)
            )
        )
    )


def set_links(
    session: Session, workspace_id: UUID, project_id: UUID, repository_ids: Collection[UUID]
) -> None:
    """Make these the project's repositories, and remove what no project has any more."""
    session.execute(
        delete(ProjectRepository).where(
            ProjectRepository.project_id == project_id,
            ProjectRepository.repository_id.not_in(repository_ids),
        )
    )
    for repository_id in repository_ids:
        session.execute(
            insert(ProjectRepository)
            .values(project_id=project_id, repository_id=repository_id, workspace_id=workspace_id)
            .on_conflict_do_nothing()
        )
    remove_unchosen(session, workspace_id)


def remove_unchosen(session: Session, workspace_id: UUID) -> None:
    """Remove what no project has any more. The connection is to be locked: somebody may choose."""
    is_chosen = select(ProjectRepository).where(ProjectRepository.repository_id == Repository.id)
    session.execute(
        delete(Repository).where(Repository.workspace_id == workspace_id, ~is_chosen.exists())
    )


def due(
    session: Session, connection_id: UUID, *, age: timedelta, young: timedelta
) -> Sequence[Repository]:
    """Those not looked at for this long; new ones whose activity is still being counted.

    Whoever was asked about longest ago comes first, whatever came of it.
    """
    is_counting = and_(
        Repository.activity.is_(None),
        Repository.problem.is_(None),
        Repository.created_at > func.now() - young,
    )
    return session.scalars(
        select(Repository)
        .where(
            Repository.connection_id == connection_id,
            or_(
                Repository.checked_at.is_(None),
                Repository.checked_at < func.now() - age,
                is_counting,
            ),
        )
        .order_by(Repository.tried_at.nulls_first(), Repository.id)
    ).all()


def is_counting(session: Session, connection_id: UUID, young: timedelta) -> bool:
    """Whether GitHub is still working out the activity of a new repository."""
    query: Select[Any] = select(Repository.id).where(
        Repository.connection_id == connection_id,
        Repository.activity.is_(None),
        Repository.problem.is_(None),
        Repository.created_at > func.now() - young,
    )
    return session.scalar(query.limit(1)) is not None


def lock(session: Session, repository_id: UUID) -> Repository | None:
    return session.scalar(
        select(Repository).where(Repository.id == repository_id).with_for_update()
    )


def has_name(session: Session, connection_id: UUID, name_key: str) -> bool:
    query = select(Repository.id).where(
        Repository.connection_id == connection_id, Repository.name_key == name_key
    )
    return session.scalar(query) is not None


def put_releases(
    session: Session, repository: Repository, releases: Sequence[dict[str, Any]]
) -> None:
    """Make these the repository's releases; a known one keeps its id."""
    kept = [release["github_id"] for release in releases]
    session.execute(
        delete(Release).where(
            Release.repository_id == repository.id, Release.github_id.not_in(kept)
        )
    )
    for release in releases:
        statement = insert(Release).values(
            id=new_id(),
            workspace_id=repository.workspace_id,
            repository_id=repository.id,
            **release,
        )
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["repository_id", "github_id"],
                set_={name: statement.excluded[name] for name in release if name != "github_id"},
            )
        )


def project_ids_of(session: Session, repository_id: UUID) -> list[UUID]:
    return list(
        session.scalars(
            select(ProjectRepository.project_id).where(
                ProjectRepository.repository_id == repository_id
            )
        )
    )
