"""The words for where a video and its processing stand; the same in table, API and page."""

from enum import StrEnum


class VideoStatus(StrEnum):
    UPLOADED = "uploaded"
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """The steps of processing, in order."""

    INSPECT = "inspect"
    ANALYSE = "analyse"
    SCENES = "scenes"
    RENDER = "render"
    PACKAGE = "package"
    THUMBNAILS = "thumbnails"


class StepStatus(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ActivityKind(StrEnum):
    UPLOADED = "uploaded"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    RETRIED = "retried"
    DELETED = "deleted"
    RESTORED = "restored"
