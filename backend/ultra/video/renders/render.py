"""The fourth step: encodes every rung of the ladder in one run, and the sound beside it.

The source is decoded once for all rungs, each smaller picture is made from the next larger one, and
nothing is encoded twice: the download file and HLS are packaged from these files by copying.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ultra.settings import settings
from ultra.video.analysis.decode import Analysis
from ultra.video.media.access import input_arguments
from ultra.video.media.colour import source_matrix, to_sdr
from ultra.video.media.ffmpeg import ignore_progress, part_of, run_ffmpeg, threads
from ultra.video.media.inspection import Inspection
from ultra.video.media.process import never
from ultra.video.media.records import Record
from ultra.video.media.workfolder import finished_folder
from ultra.video.renders.ladder import MOST_FPS, Rung, ladder
from ultra.video.renders.sound import Sound, make_sound

GOP_SECONDS = 2
_FEW_CORES = 4
_SOUND_SHARE = 0.08


@dataclass(frozen=True)
class Render(Record):
    """The encoded files, in `folder` inside the work folder; rungs largest first."""

    folder: str
    rungs: list[Rung]
    sound: Sound | None


def render(
    source: Path,
    work: Path,
    inspection: Inspection,
    analysis: Analysis,
    *,
    progress: Callable[[float], None] = ignore_progress,
    cancelled: Callable[[], bool] = never,
) -> Render:
    """Encode sound and pictures into `render/` in `work`."""
    rungs = ladder(inspection)
    with finished_folder(work / "render") as folder:
        sound = make_sound(
            source,
            folder,
            inspection,
            analysis,
            progress=part_of(progress, 0, _SOUND_SHARE),
            cancelled=cancelled,
        )
        run_ffmpeg(
            [
                *input_arguments(source, inspection.kind, settings.video.max_pixels),
                *("-filter_complex", _graph(inspection, analysis, rungs)),
                *(word for rung in rungs for word in _output(rung, inspection)),
            ],
            folder=folder,
            seconds=analysis.duration,
            slowness=60,
            progress=part_of(progress, _SOUND_SHARE if sound else 0, 1),
            cancelled=cancelled,
        )
    return Render("render", rungs, sound)


def preset() -> str:
    """Which trade of time for size the encoder makes on this machine."""
    return "veryfast" if len(os.sched_getaffinity(0)) <= _FEW_CORES else "medium"


def _graph(inspection: Inspection, analysis: Analysis, rungs: list[Rung]) -> str:
    top = rungs[0]
    # ffmpeg has turned the picture already, as the file's display matrix asks.
    steps = [f"setpts=PTS-{analysis.start:.6f}/TB"]
    if inspection.is_interlaced:
        steps.append("bwdif=mode=send_frame:deint=interlaced")
    if inspection.fps > MOST_FPS + 0.5:
        steps.append(f"fps={MOST_FPS:.0f}")
    size = f"scale={top.width}:{top.height}:flags=bicubic"
    if inspection.colour.is_hdr:
        steps += [size, "format=yuv420p10le", *to_sdr(inspection)]
    else:
        steps.append(
            f"{size}:in_color_matrix={source_matrix(inspection)}:out_color_matrix=bt709"
            ":out_range=tv"
        )
    steps += [
        "format=yuv420p",
        "setsar=1",
        "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709:field_mode=prog",
    ]
    graph = [f"[0:{inspection.video_stream}]{','.join(steps)}"]
    for rung in rungs[1:]:
        graph[-1] += f",split[{_label(rungs, rung, -1)}][below{rung.name}]"
        graph.append(f"[below{rung.name}]scale={rung.width}:{rung.height}:flags=bicubic,setsar=1")
    graph[-1] += f"[{_label(rungs, rungs[-1], 0)}]"
    return ";".join(graph)


def _label(rungs: list[Rung], rung: Rung, shift: int) -> str:
    return f"v{rungs[rungs.index(rung) + shift].name}"


def _output(rung: Rung, inspection: Inspection) -> list[str]:
    fps = min(inspection.fps, MOST_FPS)
    return [
        *("-map", f"[v{rung.name}]", "-fps_mode", "vfr", "-enc_time_base:v", "demux"),
        *("-c:v", "libx264", "-preset", preset(), "-profile:v", "high"),
        *(("-threads", threads()) if int(threads()) > _FEW_CORES else ()),
        *("-crf", str(settings.video.crf)),
        *("-maxrate", str(rung.most_bits), "-bufsize", str(rung.most_bits * 3 // 2)),
        # Key frames by time, the same in all rungs, so that players may change between them.
        *("-force_key_frames", f"expr:gte(t,n_forced*{GOP_SECONDS})"),
        *("-g", str(max(2, round(4 * GOP_SECONDS * fps)))),
        *("-sc_threshold", "0", "-bf", "2", "-flags", "+cgop"),
        *("-color_range", "tv", "-colorspace", "bt709"),
        *("-color_primaries", "bt709", "-color_trc", "bt709"),
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        # Pictures begin at 0 without an edit list, which some players do not follow.
        *("-use_editlist", "0", "-movflags", "+negative_cts_offsets", "-f", "mp4", rung.file),
    ]
