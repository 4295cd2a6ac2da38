"""Names the videos that jobs work on."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit.tasks.subjects import Subject, describes
from ultra.video.videos import repository


@describes
def describe_videos(session: Session, ids: Collection[UUID]) -> list[Subject]:
    return [
        Subject("video", video_id, title, f"/videos/{video_id}")
        for video_id, title in repository.titles(session, ids).items()
    ]
