"""What the video service announces to the services above it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class VideoReady:
    """A video can be played and downloaded."""

    video_id: UUID
    workspace_id: UUID


@dataclass(frozen=True)
class VideoFailed:
    """A video was refused or could not be processed; `code` says why."""

    video_id: UUID
    workspace_id: UUID
    code: str
