"""Which sizes a video is offered in, and how many bits each may use."""

from dataclasses import dataclass

from ultra.video.media.inspection import Inspection
from ultra.video.media.records import Record

_LONG_EDGE, _SHORT_EDGE = 1920, 1080
_SHORT_EDGES = (720, 480, 360)
_SMALLEST_STEP = 0.85
_FULL_HD = 1920 * 1080
_FULL_HD_BITS = 6_000_000
_USUAL_FPS = 30
MOST_FPS = 60.0


@dataclass(frozen=True)
class Rung(Record):
    """One size of the ladder; `name` is its short edge, as people call it (1080, 720, …)."""

    name: str
    width: int
    height: int
    most_bits: int
    """Bits a second that the encoder may not exceed for long."""

    @property
    def file(self) -> str:
        return f"video-{self.name}.mp4"


def ladder(inspection: Inspection) -> list[Rung]:
    """The rungs, largest first. None is larger than the source or than 1080p, the first is closest.

    Above 1080p the encoding would cost four times as much and few screens show it; the original
    stays downloadable. A rung too close to the one above it is left out.
    """
    width, height = inspection.width, inspection.height
    long_edge, short_edge = max(width, height), min(width, height)
    scale = min(1.0, _LONG_EDGE / long_edge, _SHORT_EDGE / short_edge)
    top = _rung(inspection, scale)
    rungs = [top]
    for edge in _SHORT_EDGES:
        if edge <= _SMALLEST_STEP * min(rungs[-1].width, rungs[-1].height):
            rungs.append(_rung(inspection, edge / short_edge))
    return rungs


def _rung(inspection: Inspection, scale: float) -> Rung:
    width, height = _even(inspection.width * scale), _even(inspection.height * scale)
    # Smaller pictures need more bits per point, and twice the pictures far less than twice.
    bits = _FULL_HD_BITS * (width * height / _FULL_HD) ** 0.75
    bits *= max(1.0, min(inspection.fps, MOST_FPS) / _USUAL_FPS) ** 0.5
    return Rung(str(min(width, height)), width, height, round(max(bits, 200_000)))


def _even(length: float) -> int:
    """4:2:0 needs even sizes; downwards, because nothing is ever enlarged."""
    return max(2, int(length + 1e-6) // 2 * 2)
