"""The one pass over a source: small pictures with their times, speech-grade sound, loudness.

Decoding costs far more than everything that is done with the pictures, so one ffmpeg run feeds all
later analysis. What it makes goes to files, because four hours of even 48×27 pictures are 1.7 GB.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ultra.settings import settings
from ultra.video.media.access import input_arguments
from ultra.video.media.colour import to_sdr
from ultra.video.media.ffmpeg import (
    Loudness,
    aligned_audio,
    ignore_progress,
    read_loudness,
    run_ffmpeg,
)
from ultra.video.media.inspection import Inspection
from ultra.video.media.process import MediaFailed, never
from ultra.video.media.records import Record
from ultra.video.media.workfolder import finished_folder

WIDTH, HEIGHT = 48, 27
SPEECH_RATE = 16_000
# The speech file is one channel of 16-bit samples whose first belongs to the first picture.
_FRAMES, _TIMES, _SPEECH = "frames.rgb", "times.npy", "speech.s16"


@dataclass(frozen=True)
class Analysis(Record):
    """What the pass found; the files lie in `folder` inside the work folder."""

    folder: str
    frame_count: int
    """Pictures that decoded, all of them, in presentation order."""
    start: float
    """When the first decoded picture comes, in seconds after the file's own start."""
    duration: float
    fps: float
    loudness: Loudness | None
    """Of the sound mixed down to stereo; None when there is none or none that decodes."""

    @property
    def has_audio(self) -> bool:
        return self.loudness is not None


def analyse(
    source: Path,
    work: Path,
    inspection: Inspection,
    *,
    progress: Callable[[float], None] = ignore_progress,
    cancelled: Callable[[], bool] = never,
) -> Analysis:
    """Run the pass and leave `analysis/` in `work`."""
    with finished_folder(work / "analysis") as folder:

        def decode(with_audio: bool) -> str:
            return run_ffmpeg(
                _arguments(source, inspection, with_audio=with_audio),
                folder=folder,
                seconds=inspection.duration,
                slowness=10,
                progress=progress,
                cancelled=cancelled,
            )

        has_audio = inspection.audio is not None
        try:
            log = decode(has_audio)
        except MediaFailed:
            # Broken sound must not cost the picture; broken pictures fail a second time.
            if not has_audio:
                raise
            has_audio = False
            log = decode(has_audio)
        has_audio = has_audio and (folder / _SPEECH).stat().st_size > 0
        times = _read_times(folder)
        np.save(folder / _TIMES, times - times[0])
    usual = float(np.median(np.diff(times))) if len(times) > 1 else inspection.duration
    seen = float(times[-1] - times[0])
    return Analysis(
        folder="analysis",
        frame_count=len(times),
        start=float(times[0]),
        duration=seen + usual,
        fps=(len(times) - 1) / seen if seen > 0 else inspection.fps,
        loudness=read_loudness(log) if has_audio else None,
    )


def load_frames(work: Path, analysis: Analysis) -> NDArray[np.uint8]:
    """The 48×27 RGB pictures, mapped from disk: [frame, row, column, colour]."""
    path = work / analysis.folder / _FRAMES
    shape = (analysis.frame_count, HEIGHT, WIDTH, 3)
    return np.memmap(path, dtype=np.uint8, mode="r", shape=shape)


def load_times(work: Path, analysis: Analysis) -> NDArray[np.float64]:
    """When each picture is shown, in seconds after the first one."""
    times: NDArray[np.float64] = np.load(work / analysis.folder / _TIMES)
    return times


def _arguments(source: Path, inspection: Inspection, *, with_audio: bool) -> list[str]:
    small = [f"scale={WIDTH}:{HEIGHT}:flags=bicubic"]
    if inspection.colour.is_hdr:
        # Tone mapping after scaling costs next to nothing, and the network expects SDR.
        small += ["format=yuv444p10le", *to_sdr(inspection), "format=yuv444p"]
    graph = [f"[0:{inspection.video_stream}]{','.join(small)},format=rgb24[small]"]
    outputs = [
        *("-map", "[small]", "-fps_mode", "passthrough", "-enc_time_base:v", "demux"),
        *("-stats_enc_pre:v", "times.txt", "-stats_enc_pre_fmt:v", "{pts} {tb}"),
        *("-f", "rawvideo", _FRAMES),
    ]
    if with_audio and inspection.audio:
        sound = aligned_audio(inspection.audio.stream, inspection.start, 48_000)
        graph += [
            f"{sound},asplit[a][b]",
            f"[a]aresample={SPEECH_RATE},aformat=sample_fmts=s16:channel_layouts=mono[speech]",
            "[b]aformat=channel_layouts=stereo,ebur128=peak=true:framelog=quiet[loud]",
        ]
        outputs += ["-map", "[speech]", "-f", "s16le", _SPEECH, "-map", "[loud]", "-f", "null", "-"]
    return [
        # At 48×27 nobody sees block edges. Only where no other picture is built on them: errors
        # that grow up to the next key frame would look like a cut there.
        *("-loglevel", "info", "-skip_loop_filter", "noref"),
        *input_arguments(source, inspection.kind, settings.video.max_pixels),
        *("-filter_complex", ";".join(graph)),
        *outputs,
    ]


def _read_times(folder: Path) -> NDArray[np.float64]:
    lines = (folder / "times.txt").read_text().split("\n")
    pairs = [line.split() for line in lines if line]
    # A run that ended early can leave a last picture half written.
    complete = (folder / _FRAMES).stat().st_size // (WIDTH * HEIGHT * 3)
    pairs = pairs[:complete]
    if not pairs:
        raise MediaFailed(0, "no picture decoded")
    numerator, _, denominator = pairs[0][1].partition("/")
    tick = int(numerator) / int(denominator)
    return np.asarray([int(pts) for pts, _ in pairs], dtype=np.float64) * tick
