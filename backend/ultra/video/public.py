"""What the services above may ask about videos."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select
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


@dataclass(frozen=True)
class VideoCard:
    """A video as lists of other services show one."""

    id: UUID
    title: str
    status: str
    duration: float | None
    has_poster: bool


def find_cards(
    session: Session, workspace_id: UUID, video_ids: Collection[UUID]
) -> dict[UUID, VideoCard]:
    """Those of these videos that are the workspace's and not deleted."""
    return {
        video.id: VideoCard(
            video.id,
            video.title,
            video.status.value,
            video.duration,
            video.result_prefix is not None,
        )
        for video in repository.find_all(session, workspace_id, video_ids)
    }


def living_ids(workspace_id: UUID) -> Select[UUID]:
    """For use inside another query: the ids of the workspace's videos that are not deleted."""
    return repository.living_ids(workspace_id)


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
