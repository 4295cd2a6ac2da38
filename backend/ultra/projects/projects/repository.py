"""Every query about projects and the videos in them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit.paging import Cursor, newest_first
from ultra.kit.search import holds
from ultra.projects.projects.models import Project, ProjectVideo
from ultra.video import public as video


def find(
    session: Session, workspace_id: UUID, project_id: UUID, *, for_update: bool = False
) -> Project | None:
    query = select(Project).where(Project.workspace_id == workspace_id, Project.id == project_id)
    return session.scalar(query.with_for_update() if for_update else query)


def page(
    session: Session,
    workspace_id: UUID,
    *,
    is_archived: bool,
    search: str | None,
    after: Cursor | None,
    limit: int,
) -> Sequence[Project]:
    query = select(Project).where(
        Project.workspace_id == workspace_id, Project.archived_at.is_not(None) == is_archived
    )
    if search:
        query = query.where(or_(holds(Project.name, search), holds(Project.description, search)))
    query = newest_first(query, Project.created_at, Project.id, after=after, limit=limit)
    return session.scalars(query).all()


def count(session: Session, workspace_id: UUID) -> int:
    query = select(func.count()).where(Project.workspace_id == workspace_id)
    return session.scalars(query).one()


def count_videos(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID]
) -> dict[UUID, int]:
    """How many videos each of these projects has; those that have none are left out."""
    rows = session.execute(
        select(ProjectVideo.project_id, func.count())
        .where(
            ProjectVideo.workspace_id == workspace_id,
            ProjectVideo.project_id.in_(project_ids),
            ProjectVideo.video_id.in_(video.living_ids(workspace_id)),
        )
        .group_by(ProjectVideo.project_id)
    )
    return {row[0]: row[1] for row in rows}


def videos(
    session: Session, project: Project, *, after: Cursor | None, limit: int
) -> Sequence[ProjectVideo]:
    """Those that came last first."""
    query = select(ProjectVideo).where(
        ProjectVideo.project_id == project.id,
        ProjectVideo.workspace_id == project.workspace_id,
        ProjectVideo.video_id.in_(video.living_ids(project.workspace_id)),
    )
    query = newest_first(
        query, ProjectVideo.added_at, ProjectVideo.video_id, after=after, limit=limit
    )
    return session.scalars(query).all()


def has_video(session: Session, project: Project, video_id: UUID) -> bool:
    query = select(ProjectVideo.video_id).where(
        ProjectVideo.project_id == project.id, ProjectVideo.video_id == video_id
    )
    return session.scalar(query) is not None


def add_video(session: Session, project: Project, video_id: UUID) -> bool:
    """False when it is there already."""
    added = session.scalar(
        insert(ProjectVideo)
        .values(project_id=project.id, video_id=video_id, workspace_id=project.workspace_id)
        .on_conflict_do_nothing()
        .returning(ProjectVideo.video_id)
    )
    return added is not None


def remove_video(session: Session, project: Project, video_id: UUID) -> bool:
    removed = session.scalar(
        delete(ProjectVideo)
        .where(ProjectVideo.project_id == project.id, ProjectVideo.video_id == video_id)
        .returning(ProjectVideo.video_id)
    )
    return removed is not None
