"""The rules of projects: what may happen to one, and who hears of it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.auth.public import Person
from ultra.kit import live
from ultra.kit.access import Actor
from ultra.kit.paging import Cursor
from ultra.projects.projects import repository
from ultra.projects.projects.errors import (
    ProjectArchived,
    ProjectNotArchived,
    ProjectNotFound,
    ProjectVideoNotFound,
    TooManyProjects,
)
from ultra.projects.projects.models import Project, ProjectVideo
from ultra.projects.projects.presentation import present
from ultra.projects.projects.schemas import ProjectCreate, ProjectUpdate
from ultra.video import public as video
from ultra.video.public import VideoCard

MOST = 1000


def get(session: Session, actor: Actor, project_id: UUID) -> Project:
    """Raises ProjectNotFound, also for another workspace's."""
    return _found(repository.find(session, actor.workspace_id, project_id))


def page(
    session: Session,
    actor: Actor,
    *,
    is_archived: bool,
    search: str | None,
    after: Cursor | None,
    limit: int,
) -> Sequence[Project]:
    return repository.page(
        session,
        actor.workspace_id,
        is_archived=is_archived,
        search=search,
        after=after,
        limit=limit,
    )


def create(session: Session, actor: Actor, wanted: ProjectCreate) -> Project:
    if repository.count(session, actor.workspace_id) >= MOST:
        raise TooManyProjects(most=MOST)
    project = Project(
        workspace_id=actor.workspace_id,
        created_by=actor.user_id,
        name=wanted.name,
        description=wanted.description,
    )
    session.add(project)
    return changed(session, project, "project.created")


def update(session: Session, actor: Actor, project_id: UUID, change: ProjectUpdate) -> Project:
    project = get_to_change(session, actor, project_id)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(project, name, value)
    return changed(session, project)


def delete(session: Session, actor: Actor, project_id: UUID) -> None:
    """The project goes; its videos and repositories belong to the workspace and stay."""
    project = _lock(session, actor, project_id)
    session.delete(project)
    auth.record(session, "project.deleted", object_id=project.id, facts={"name": project.name})
    people = auth.member_ids(session, project.workspace_id)
    data = {"id": str(project.id)}
    live.tell(session, people, "project.deleted", data, workspace_id=project.workspace_id)


def archive(session: Session, actor: Actor, project_id: UUID) -> Project:
    """Put it away: it can be looked at, and not changed."""
    project = get_to_change(session, actor, project_id)
    project.archived_at = func.now()
    return changed(session, project)


def restore(session: Session, actor: Actor, project_id: UUID) -> Project:
    project = _lock(session, actor, project_id)
    if project.archived_at is None:
        raise ProjectNotArchived
    project.archived_at = None
    return changed(session, project)


def set_cover(session: Session, actor: Actor, project_id: UUID, video_id: UUID | None) -> Project:
    """Raises ProjectVideoNotFound for a video that is not in the project."""
    project = get_to_change(session, actor, project_id)
    if video_id is not None and not repository.has_video(session, project, video_id):
        raise ProjectVideoNotFound
    project.cover_video_id = video_id
    return changed(session, project)


def add_video(session: Session, actor: Actor, project_id: UUID, video_id: UUID) -> None:
    """Safe to repeat. Raises ProjectVideoNotFound for a video that the workspace does not have."""
    project = get_to_change(session, actor, project_id)
    if video.find_video(session, actor.workspace_id, video_id) is None:
        raise ProjectVideoNotFound
    if repository.add_video(session, project, video_id):
        changed(session, project)


def remove_video(session: Session, actor: Actor, project_id: UUID, video_id: UUID) -> None:
    """The video itself stays. Raises ProjectVideoNotFound."""
    project = get_to_change(session, actor, project_id)
    if not repository.remove_video(session, project, video_id):
        raise ProjectVideoNotFound
    if project.cover_video_id == video_id:
        project.cover_video_id = None
    changed(session, project)


def videos(
    session: Session, actor: Actor, project_id: UUID, *, after: Cursor | None, limit: int
) -> list[tuple[ProjectVideo, VideoCard]]:
    """The project's videos, those that came last first; deleted ones come back when restored."""
    project = get(session, actor, project_id)
    links = repository.videos(session, project, after=after, limit=limit)
    ids = [link.video_id for link in links]
    cards = video.find_cards(session, actor.workspace_id, ids)
    return [(link, cards[link.video_id]) for link in links if link.video_id in cards]


def members(session: Session, actor: Actor, project_id: UUID) -> list[Person]:
    """Everybody who sees the project: the workspace's members."""
    project = get(session, actor, project_id)
    people = auth.member_ids(session, project.workspace_id)
    return [auth.get_person(session, user_id) for user_id in people]


def get_to_change(session: Session, actor: Actor, project_id: UUID) -> Project:
    """Locked until the commit. Raises ProjectArchived for one that was put away."""
    project = _lock(session, actor, project_id)
    if project.archived_at is not None:
        raise ProjectArchived
    return project


def changed(session: Session, project: Project, event: str = "project.updated") -> Project:
    """Stamp the row and show it to the open pages of the workspace."""
    project.updated_at = func.now()
    session.flush()
    session.refresh(project)
    people = auth.member_ids(session, project.workspace_id)
    data = present(session, [project])[0].model_dump(mode="json")
    live.tell(session, people, event, data, workspace_id=project.workspace_id)
    return project


def _lock(session: Session, actor: Actor, project_id: UUID) -> Project:
    return _found(repository.find(session, actor.workspace_id, project_id, for_update=True))


def _found(project: Project | None) -> Project:
    if project is None:
        raise ProjectNotFound
    return project
