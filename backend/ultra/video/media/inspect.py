"""The first step: decides whether a file is taken and measures it.

Cheap checks come first (size, first bytes), then PyAV in a child that may be killed, then our
limits on what the measured file would cost.
"""

from collections.abc import Callable
from pathlib import Path

from ultra.settings import settings
from ultra.video.media.inspection import Inspection
from ultra.video.media.process import (
    Limits,
    MediaFailed,
    MediaTimeout,
    call,
    never,
)
from ultra.video.media.refusal import RefusalCode, Refused
from ultra.video.media.sniffing import Container, sniff

_PROBE_SECONDS = 10.0
_DEMUX_SECONDS = 5.0
_PROBE_MEMORY = 1536 * 1024**2
"""Address space, most of it libraries and thread stacks; what is resident stays far below 1 GB."""
_MAX_STREAMS = 32


def inspect(
    source: Path, work: Path, *, cancelled: Callable[[], bool] = never
) -> Inspection | Refused:
    """Look at `source`; `work` is the folder that the child stands in."""
    container = sniff(source)
    if isinstance(container, Refused):
        return container
    work.mkdir(parents=True, exist_ok=True)
    try:
        answer = call(
            "ultra.video.media.probe:probe",
            _request(source, container),
            Limits(wall_seconds=_PROBE_SECONDS, memory_bytes=_PROBE_MEMORY, file_bytes=0),
            folder=work,
            cancelled=cancelled,
        )
    except MediaTimeout:
        return Refused(RefusalCode.UNREADABLE, {"reason": "took too long"})
    except MediaFailed as failure:
        # A decoder that crashed or met its memory limit is the file's fault and nothing to repeat;
        # a Python error (exit code 1) is ours and must be seen.
        if failure.exit_code == 1 and "MemoryError" not in failure.stderr_tail:
            raise
        return Refused(RefusalCode.UNREADABLE, {"reason": f"exit code {failure.exit_code}"})
    if refused := answer.get("refused"):
        return Refused.from_dict(refused)
    inspection = Inspection.from_dict({"container": container.name, **answer["inspection"]})
    return refuse_cost(inspection) or inspection


def refuse_cost(inspection: Inspection) -> Refused | None:
    """Say no to a file whose processing would take longer than we promise anyone."""
    limits = settings.video
    pixels = inspection.width * inspection.height
    if inspection.duration > limits.max_seconds:
        return Refused(
            RefusalCode.TOO_LONG,
            {"seconds": round(inspection.duration), "limit": round(limits.max_seconds)},
        )
    if pixels > limits.max_pixels or min(inspection.width, inspection.height) < 16:
        return Refused(
            RefusalCode.TOO_LARGE_PICTURE if pixels > 256 else RefusalCode.UNREADABLE,
            {"width": inspection.width, "height": inspection.height},
        )
    if inspection.fps > limits.max_fps:
        return Refused(
            RefusalCode.TOO_MANY_FRAMES,
            {"fps": round(inspection.fps), "limit": round(limits.max_fps)},
        )
    if pixels * inspection.duration > limits.max_pixel_seconds:
        return Refused(RefusalCode.TOO_MUCH_WORK, {"seconds": round(inspection.duration)})
    return None


def _request(source: Path, container: Container) -> dict[str, str | int | float]:
    return {
        "path": str(source.absolute()),
        "demuxer": container.demuxer,
        "size_bytes": source.stat().st_size,
        "max_pixels": settings.video.max_pixels,
        "max_seconds": settings.video.max_seconds,
        "max_streams": _MAX_STREAMS,
        "demux_seconds": _DEMUX_SECONDS,
    }
