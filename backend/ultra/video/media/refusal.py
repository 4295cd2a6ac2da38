"""Why a file is not taken: a stable code for programs and the facts that a sentence needs."""

from dataclasses import dataclass, field
from enum import StrEnum

from ultra.video.media.records import Record


class RefusalCode(StrEnum):
    """Every verdict that ends an upload."""

    EMPTY_FILE = "empty_file"
    NOT_A_VIDEO = "not_a_video"
    CONTAINER_NOT_ALLOWED = "container_not_allowed"
    CODEC_NOT_ALLOWED = "codec_not_allowed"
    NO_VIDEO_STREAM = "no_video_stream"
    TRUNCATED = "truncated"
    TOO_LONG = "too_long"
    TOO_LARGE_PICTURE = "too_large_picture"
    TOO_MUCH_WORK = "too_much_work"
    TOO_MANY_STREAMS = "too_many_streams"
    TOO_MANY_FRAMES = "too_many_frames"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Refused(Record):
    """The verdict; `params` fill the blanks of the sentence in the reader's language."""

    code: RefusalCode
    params: dict[str, str | int | float] = field(default_factory=dict)
