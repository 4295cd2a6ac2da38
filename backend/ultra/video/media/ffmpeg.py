"""Calls the ffmpeg program: its path, its progress, its measurements."""

import math
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from ultra.video.media.process import Limits, never, run
from ultra.video.media.records import Record

_MOST_THREADS = 12
SILENCE_LUFS = -70.0
"""What EBU R 128 answers for digital silence: everything is below its absolute gate."""

_SUMMARY = re.compile(
    r"Summary:.*?I:\s*(?P<integrated>\S+) LUFS.*?LRA:\s*(?P<range>\S+) LU"
    r".*?Peak:\s*(?P<peak>\S+) dBFS",
    re.DOTALL,
)


@dataclass(frozen=True)
class Loudness(Record):
    """EBU R 128 figures of a whole track; `true_peak` is None for digital silence."""

    integrated: float
    range: float
    true_peak: float | None

    @property
    def is_silent(self) -> bool:
        return self.integrated <= SILENCE_LUFS or self.true_peak is None


def ignore_progress(_share: float) -> None:
    """The progress callback of somebody who does not look."""


def part_of(progress: Callable[[float], None], start: float, end: float) -> Callable[[float], None]:
    """Map a piece of work's 0–1 into its share of a larger piece's 0–1."""
    return lambda share: progress(start + share * (end - start))


@cache
def threads() -> str:
    """How many threads a decoder or encoder gets: more than these bring nothing but memory."""
    return str(min(len(os.sched_getaffinity(0)), _MOST_THREADS))


@cache
def ffmpeg_program() -> str:
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def run_ffmpeg(
    arguments: Sequence[str],
    *,
    folder: Path,
    seconds: float,
    slowness: float = 20.0,
    progress: Callable[[float], None] = ignore_progress,
    cancelled: Callable[[], bool] = never,
) -> str:
    """Run ffmpeg in `folder` and return the end of what it logged.

    `seconds` is the length of the material; ffmpeg may take a minute plus `slowness` times that.
    """

    def on_line(line: str) -> None:
        key, _, value = line.partition("=")
        if key == "out_time_us" and value.lstrip("-").isdigit() and seconds > 0:
            progress(min(1.0, max(0.0, int(value) / 1e6 / seconds)))

    return run(
        [
            *(ffmpeg_program(), "-hide_banner", "-nostdin", "-nostats", "-y"),
            *("-progress", "pipe:1", "-stats_period", "0.5"),
            *arguments,
        ],
        Limits(wall_seconds=60 + slowness * seconds),
        folder=folder,
        on_line=on_line,
        cancelled=cancelled,
    ).stderr_tail


def read_loudness(log: str) -> Loudness:
    """Read the summary that the ebur128 filter leaves at the end of the log."""
    found = _SUMMARY.search(log, log.rfind("Summary:"))
    if not found:
        return Loudness(SILENCE_LUFS, 0.0, None)
    integrated, spread, peak = (float(found[name]) for name in ("integrated", "range", "peak"))
    return Loudness(
        integrated if math.isfinite(integrated) else SILENCE_LUFS,
        spread,
        peak if math.isfinite(peak) else None,
    )


def aligned_audio(stream: int, start: float, rate: int) -> str:
    """A filter that puts sample 0 under the first picture and fills holes with silence."""
    return f"[0:{stream}]asetpts=PTS-{start:.6f}/TB,aresample={rate}:async=1:first_pts=0"
