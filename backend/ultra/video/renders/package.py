"""The fifth step: HLS and the download file, copied from the render and checked before they count.

HLS is CMAF in one file a rung: the playlists name byte ranges, so a video is a handful of objects
in the storage instead of thousands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ultra.video.analysis.decode import Analysis
from ultra.video.media.ffmpeg import ignore_progress, part_of, run_ffmpeg
from ultra.video.media.process import never
from ultra.video.media.records import Record
from ultra.video.media.workfolder import finished_folder
from ultra.video.renders.playlists import check_package, write_master
from ultra.video.renders.render import Render

MASTER = "master.m3u8"
DOWNLOAD = "download.mp4"
_SEGMENT_SECONDS = 4


@dataclass(frozen=True)
class Package(Record):
    """The files to publish, in `folder` inside the work folder, by their names relative to it."""

    folder: str
    master: str
    download: str
    files: list[str]
    duration: float


def package(
    work: Path,
    analysis: Analysis,
    rendered: Render,
    *,
    progress: Callable[[float], None] = ignore_progress,
    cancelled: Callable[[], bool] = never,
) -> Package:
    """Write `package/` in `work`; raises BrokenPackage rather than publish a wrong one."""
    source = work / rendered.folder
    with finished_folder(work / "package") as folder:
        for start, arguments in ((0.0, _hls(source, rendered)), (0.5, _download(source, rendered))):
            run_ffmpeg(
                arguments,
                folder=folder,
                seconds=analysis.duration,
                slowness=2,
                progress=part_of(progress, start, start + 0.4),
                cancelled=cancelled,
            )
        (folder / MASTER).write_text(write_master(folder, rendered))
        duration = check_package(folder, DOWNLOAD, source, rendered)
        files = sorted(path.name for path in folder.iterdir())
        progress(1.0)
    return Package("package", MASTER, DOWNLOAD, files, duration)


def _hls(source: Path, rendered: Render) -> list[str]:
    inputs = [rung.file for rung in rendered.rungs]
    group = ",agroup:sound" if rendered.sound else ""
    streams = [f"v:{number}{group},name:{rung.name}" for number, rung in enumerate(rendered.rungs)]
    if rendered.sound:
        inputs.append(rendered.sound.file)
        streams.append("a:0,agroup:sound,default:yes,name:sound")
    return [
        *(word for name in inputs for word in ("-i", str(source / name))),
        *(word for number in range(len(inputs)) for word in ("-map", str(number))),
        *("-c", "copy", "-f", "hls", "-hls_time", str(_SEGMENT_SECONDS)),
        *("-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"),
        *("-hls_flags", "single_file+independent_segments"),
        # Without this the muxer moves sound and picture to positive times by different amounts.
        *("-avoid_negative_ts", "disabled", "-var_stream_map", " ".join(streams), "%v.m3u8"),
    ]


def _download(source: Path, rendered: Render) -> list[str]:
    inputs = [rendered.rungs[0].file]
    if rendered.sound:
        inputs.append(rendered.sound.file)
    return [
        *(word for name in inputs for word in ("-i", str(source / name))),
        *(word for number in range(len(inputs)) for word in ("-map", str(number))),
        *("-c", "copy", "-map_metadata", "-1", "-use_editlist", "0"),
        *("-movflags", "+faststart+negative_cts_offsets", "-f", "mp4", DOWNLOAD),
    ]
