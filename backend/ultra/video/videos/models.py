"""Tables of videos and of what happened to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.video.videos.states import ActivityKind, Step, StepStatus, VideoStatus


def waiting_steps() -> list[Any]:
    """The step list of a video that nobody has worked on yet."""
    return [
        {"name": step, "status": StepStatus.WAITING, "progress": 0.0, "seconds": None}
        for step in Step
    ]


class Video(Base, HasId, HasTimes):
    __tablename__ = "videos"
    __table_args__ = (
        # The list: one workspace, newest first, without what was deleted.
        Index(
            "ix_videos_list",
            "workspace_id",
            text("created_at desc"),
            text("id desc"),
            postgresql_where=text("deleted_at is null"),
        ),
        Index(
            "ix_videos_deleted_at", "deleted_at", postgresql_where=text("deleted_at is not null")
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    created_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    title: Mapped[str]
    filename: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    """Bytes of the original."""
    status: Mapped[VideoStatus]
    step: Mapped[Step | None]
    progress: Mapped[float] = mapped_column(server_default="0")
    """Percent of the whole work."""
    time_left: Mapped[float | None]
    """Seconds, extrapolated from the work so far."""
    steps: Mapped[list[Any]] = mapped_column(default=waiting_steps)
    duration: Mapped[float | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    fps: Mapped[float | None]
    has_audio: Mapped[bool | None]
    error_code: Mapped[str | None]
    error_facts: Mapped[dict[str, Any] | None]
    warnings: Mapped[list[Any]] = mapped_column(default=list)
    result: Mapped[dict[str, Any] | None]
    original_key: Mapped[str | None]
    """Where the original lies in storage; None while it is still in pieces."""
    result_prefix: Mapped[str | None]
    """Folder in storage that holds everything made of it."""
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    completed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class VideoActivity(Base, HasId, HasTimes):
    __tablename__ = "video_activities"
    __table_args__ = (
        Index("ix_video_activities_list", "workspace_id", text("created_at desc"), text("id desc")),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    video_id: Mapped[UUID]
    kind: Mapped[ActivityKind]
    title: Mapped[str]
    """As it was then: the video may be gone."""
