"""Shapes of requests and responses about videos."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from ultra.kit.http import PageQuery, RequestShape, ResponseShape
from ultra.video.videos.states import ActivityKind, Step, StepStatus, VideoStatus


class VideoPath(RequestShape):
    video_id: UUID


class VideoQuery(PageQuery):
    status: VideoStatus | None = None
    q: str | None = Field(default=None, max_length=100, description="Part of the title")


class VideoUpdate(RequestShape):
    title: str = Field(min_length=1, max_length=200)


class Told(ResponseShape):
    """A stable code and its sentence in the caller's language."""

    code: str
    detail: str


class StepRead(ResponseShape):
    name: Step
    status: StepStatus
    progress: float = Field(description="Percent of this step")
    seconds: float | None = Field(description="How long it took")


class ResultRead(ResponseShape):
    """The optimised file."""

    size: int
    width: int
    height: int
    bitrate: int = Field(description="Bits per second, picture and sound")
    loudness_before: float | None = Field(description="LUFS of the original")
    loudness: float | None = Field(description="LUFS, measured in the finished file")
    true_peak: float | None = Field(description="dBTP, measured in the finished file")
    scenes: int


class VideoRead(ResponseShape):
    id: UUID
    title: str
    filename: str
    size: int = Field(description="Bytes of the original")
    status: VideoStatus
    step: Step | None
    progress: float = Field(description="Percent of the whole work")
    time_left: float | None = Field(description="Seconds, estimated")
    steps: list[StepRead]
    duration: float | None = Field(description="Seconds")
    width: int | None = Field(description="Pixels, as shown")
    height: int | None
    fps: float | None
    has_audio: bool | None
    error: Told | None
    warnings: list[Told]
    result: ResultRead | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None


class VideoPage(ResponseShape):
    items: list[VideoRead]
    next_cursor: str | None


class VideoSummary(ResponseShape):
    total: int
    processing: int
    completed: int
    failed: int
    seconds: float
    bytes: int


class ActivityRead(ResponseShape):
    id: UUID
    kind: ActivityKind
    video_id: UUID
    title: str
    created_at: datetime


class ActivityPage(ResponseShape):
    items: list[ActivityRead]
    next_cursor: str | None
