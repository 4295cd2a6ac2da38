"""Makes the sound track: stereo AAC at one loudness, its peaks under the ceiling.

ffmpeg's own loudnorm misses the target by up to a unit and turns dynamic without saying so. So:
amplify by what is missing, limit with four times oversampling, encode, measure what came out of the
encoder, and correct; two rounds are usual.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ultra.settings import settings
from ultra.video.analysis.decode import Analysis
from ultra.video.media.access import input_arguments
from ultra.video.media.ffmpeg import (
    Loudness,
    aligned_audio,
    ignore_progress,
    part_of,
    read_loudness,
    run_ffmpeg,
)
from ultra.video.media.inspection import Inspection
from ultra.video.media.process import never
from ultra.video.media.records import Record

SOUND_FILE = "sound.mp4"
_RATE = 48_000
_PRIMING = 1024
_MOST_GAIN = 20.0
_CLOSE_ENOUGH = 0.15
_ENCODER_OVERSHOOT = 0.3
_ROUNDS = 4


class Treatment(StrEnum):
    """What was done about the loudness."""

    NORMALISED = "normalised"
    SILENT = "silent"
    QUIET = "quiet"
    """Lifted by as much as is allowed, and still below the target: more would only lift noise."""


@dataclass(frozen=True)
class Sound(Record):
    """The finished track and its measurement."""

    file: str
    treatment: Treatment
    gain: float
    rounds: int
    loudness: Loudness


def make_sound(
    source: Path,
    folder: Path,
    inspection: Inspection,
    analysis: Analysis,
    *,
    progress: Callable[[float], None] = ignore_progress,
    cancelled: Callable[[], bool] = never,
) -> Sound | None:
    """Write the track into `folder`; None for a video without sound."""
    measured = analysis.loudness
    if inspection.audio is None or measured is None:
        return None

    def attempt(gain: float, ceiling: float | None, done: float, share: float) -> Loudness:
        watch = part_of(progress, done, done + share)
        arguments = _encode(source, inspection, analysis, gain=gain, ceiling=ceiling)
        _run(arguments, folder, analysis, part_of(watch, 0, 0.7), cancelled)
        log = _run(_measure(), folder, analysis, part_of(watch, 0.7, 1), cancelled)
        return read_loudness(log)

    if measured.is_silent:
        return Sound(SOUND_FILE, Treatment.SILENT, 0.0, 1, attempt(0.0, None, 0, 1))

    target, most_peak = settings.video.target_lufs, settings.video.max_true_peak
    ceiling = most_peak - _ENCODER_OVERSHOOT
    gain = min(target - measured.integrated, _MOST_GAIN)
    for round_number in range(1, _ROUNDS + 1):
        result = attempt(gain, ceiling, 1 - 0.5 ** (round_number - 1), 0.5**round_number)
        peak = result.true_peak if result.true_peak is not None else -100.0
        missing = target - result.integrated
        is_peak_good = peak <= most_peak
        is_at_most_gain = gain >= _MOST_GAIN and missing > 0
        if is_peak_good and (abs(missing) <= _CLOSE_ENOUGH or is_at_most_gain):
            break
        if not is_peak_good:
            ceiling -= peak - most_peak + 0.1
        gain = min(gain + missing, _MOST_GAIN)
    treatment = Treatment.QUIET if missing > 0.3 else Treatment.NORMALISED
    progress(1.0)
    return Sound(SOUND_FILE, treatment, round(gain, 2), round_number, result)


def _encode(
    source: Path,
    inspection: Inspection,
    analysis: Analysis,
    *,
    gain: float,
    ceiling: float | None,
) -> list[str]:
    assert inspection.audio
    chain = [
        aligned_audio(inspection.audio.stream, analysis.start, _RATE),
        "aformat=sample_fmts=fltp:channel_layouts=stereo",
    ]
    if ceiling is not None:
        limit = 10 ** (ceiling / 20)
        chain += [
            f"volume={gain:.2f}dB",
            f"aresample={4 * _RATE}",
            f"alimiter=limit={limit:.6f}:attack=5:release=50:level=false:latency=true",
            f"aresample={_RATE}",
        ]
    # The encoder puts 1024 samples of run-up in front. Taking as many away keeps sound and picture
    # together without an edit list, which not every player follows.
    chain += [f"atrim=start_sample={_PRIMING}", "asetpts=PTS-STARTPTS"]
    return [
        *input_arguments(source, inspection.kind, settings.video.max_pixels),
        *("-filter_complex", f"{','.join(chain)}[sound]", "-map", "[sound]"),
        *("-c:a", "aac", "-b:a", "160k", "-ar", str(_RATE), "-map_metadata", "-1"),
        *("-avoid_negative_ts", "make_zero", "-use_editlist", "0", "-f", "mp4", SOUND_FILE),
    ]


def _measure() -> list[str]:
    return ["-i", SOUND_FILE, "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]


def _run(
    arguments: list[str],
    folder: Path,
    analysis: Analysis,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> str:
    return run_ffmpeg(
        arguments,
        folder=folder,
        seconds=analysis.duration,
        slowness=3,
        progress=progress,
        cancelled=cancelled,
    )
