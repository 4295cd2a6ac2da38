"""What we know about a file after looking at it: the result of the first step."""

from dataclasses import dataclass, field
from enum import StrEnum

from ultra.video.media.records import Record
from ultra.video.media.sniffing import CONTAINERS, Container


class Oddity(StrEnum):
    """What does not stop the processing but should be said to the person."""

    TRUNCATED = "truncated"
    BAD_PACKETS = "bad_packets"
    AUDIO_UNREADABLE = "audio_unreadable"
    DURATION_ESTIMATED = "duration_estimated"
    SINGLE_FRAME = "single_frame"


@dataclass(frozen=True)
class AudioTrack(Record):
    """The sound that is taken; `stream` is its index in the file."""

    stream: int
    codec: str
    channels: int
    sample_rate: int
    language: str | None


@dataclass(frozen=True)
class Colour(Record):
    """Colour tags by their numbers in ITU-T H.273; 2 means that the file does not say."""

    primaries: int
    transfer: int
    matrix: int
    is_full_range: bool

    @property
    def is_hdr(self) -> bool:
        return self.transfer in (TRANSFER_PQ, TRANSFER_HLG)


TRANSFER_PQ = 16
TRANSFER_HLG = 18


@dataclass(frozen=True)
class Inspection(Record):
    """An accepted file. Sizes are as shown: turned by `rotation`, with square pixels."""

    container: str
    size_bytes: int
    duration: float
    """Seconds from the first picture to the end of the last one."""
    start: float
    """When the first picture comes, in seconds after the file's own start."""
    width: int
    height: int
    coded_width: int
    coded_height: int
    rotation: int
    """Degrees by which the stored picture is to be turned, counter-clockwise, 0 to 359."""
    fps: float
    is_variable: bool
    frame_count: int
    """Pictures by demuxing; the analysis counts those that really decode."""
    video_stream: int
    video_codec: str
    pixel_format: str
    colour: Colour
    is_interlaced: bool
    audio: AudioTrack | None
    audio_tracks: int
    warnings: list[Oddity] = field(default_factory=list)

    @property
    def kind(self) -> Container:
        return CONTAINERS[self.container]
