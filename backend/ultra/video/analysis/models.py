"""The analysis of one video as a document: bulky, read as a whole, never searched."""

from typing import Any, ClassVar

from ultra.kit.documents import Document


class VideoAnalysis(Document):
    """Everything the steps found out; its id is the video's id."""

    collection: ClassVar[str] = "video_analyses"

    inspection: dict[str, Any]
    analysis: dict[str, Any]
    scenes: list[dict[str, Any]]
    method: str
    """How scenes were found: `transnetv2`, or `classical` without torch or its weights."""
    render: dict[str, Any]
    package: dict[str, Any]
    thumbnails: dict[str, Any]
