"""Projects as people read them, with how much they hold."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ultra.projects.projects import repository
from ultra.projects.projects.models import Project
from ultra.projects.projects.schemas import ProjectRead
from ultra.video import public as video

LOOKED_UP = ("videos", "cover_video_id")


def present(session: Session, found: Sequence[Project]) -> list[ProjectRead]:
    """These projects, all of one workspace."""
    if not found:
        return []
    workspace_id = found[0].workspace_id
    videos = repository.count_videos(session, workspace_id, [project.id for project in found])
    covers = [project.cover_video_id for project in found if project.cover_video_id]
    # A deleted video has no poster to show, and may come back.
    shown = video.find_cards(session, workspace_id, covers)
    names = [name for name in ProjectRead.model_fields if name not in LOOKED_UP]
    return [
        ProjectRead.model_validate(
            {
                **{name: getattr(project, name) for name in names},
                "cover_video_id": cover if (cover := project.cover_video_id) in shown else None,
                "videos": videos.get(project.id, 0),
            }
        )
        for project in found
    ]
