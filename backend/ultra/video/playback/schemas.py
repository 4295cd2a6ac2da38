"""Shapes of scenes and downloads."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field

from ultra.kit.http import RequestShape, ResponseShape


class Transition(StrEnum):
    """How a scene begins."""

    START = "start"
    CUT = "cut"
    DISSOLVE = "dissolve"
    FADE = "fade"


class SceneRead(ResponseShape):
    """Frames count all pictures in presentation order from 0; `end_frame` belongs to the scene."""

    index: int
    start: float = Field(description="Seconds")
    end: float = Field(description="Seconds")
    start_frame: int
    end_frame: int
    transition: Transition


class SceneItems(ResponseShape):
    items: list[SceneRead]


class FilePath(RequestShape):
    video_id: UUID
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)+$", max_length=80)


class DownloadQuery(RequestShape):
    kind: Literal["result", "original"] = "result"
