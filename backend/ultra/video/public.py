"""What the services above may ask about videos."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit.errors import Language
from ultra.video.videos import repository, sentences
from ultra.video.videos.states import ActivityKind


@dataclass(frozen=True)
class VideoFacts:
    """A video, as far as other services need to know one."""

    id: UUID
    title: str
    completed_in: UUID | None
    """Names the run that last completed it: processed again, the video has another."""
    failed_in: UUID | None
    error_facts: dict[str, Any]


def find_video(session: Session, workspace_id: UUID, video_id: UUID) -> VideoFacts | None:
    """None also for a deleted one, or another workspace's."""
    video = repository.find(session, workspace_id, video_id)
    if video is None:
        return None
    return VideoFacts(
        id=video.id,
        title=video.title,
        completed_in=repository.newest_activity(session, video, ActivityKind.COMPLETED),
        failed_in=repository.newest_activity(session, video, ActivityKind.FAILED),
        error_facts=video.error_facts or {},
    )


def explain_failure(code: str, facts: dict[str, Any], language: Language) -> str:
    """Why a video failed, and what to do about it."""
    return sentences.tell(sentences.ERRORS, code, language, facts)
