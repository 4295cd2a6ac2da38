"""How long processing one video takes, against one bare ffmpeg run that makes the same pictures.

    .venv/bin/python bench/video_processing.py [--seconds 60] [--source clip.mp4] [--rounds 1]

The pipeline: inspect, analyse, scenes, render, package (HLS and download), thumbnails. The bare run
decodes once and makes the same rungs with the same encoder settings as HLS, the sound, the scrub
sheet and a poster in one command, with no inspection, no scenes, no loudness, no checks and no
separate download file. Without --source a clip with five shots, noise and sound is made.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "backend"))

from ultra.settings import settings
from ultra.video.analysis.decode import analyse
from ultra.video.analysis.scenes import find_scenes
from ultra.video.media.ffmpeg import ffmpeg_program
from ultra.video.media.inspect import inspect
from ultra.video.media.inspection import Inspection
from ultra.video.renders.ladder import ladder
from ultra.video.renders.package import package
from ultra.video.renders.render import preset, render
from ultra.video.renders.thumbnails import make_thumbnails

SHOTS = (
    "testsrc2=s=1920x1080:r=30",
    "mandelbrot=s=1920x1080:r=30:start_scale=0.6:end_scale=0.02",
    "gradients=s=1920x1080:r=30:speed=0.02:n=6:seed=7",
    "life=s=480x270:r=30:mold=20:ratio=0.1:death_color=#603030:life_color=#30c0a0:seed=3",
    "cellauto=s=480x270:r=30:rule=30:seed=5",
)


def cpu_seconds() -> float:
    """Processor time of this process and all ended children: far less moved by neighbours."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def run(arguments: list[str], folder: Path) -> float:
    started = time.perf_counter()
    command = [ffmpeg_program(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments]
    subprocess.run(command, check=True, cwd=folder)
    return time.perf_counter() - started


def make_clip(path: Path, seconds: float) -> None:
    """Five shots with camera-like noise, and a tone that swells."""
    each = seconds / len(SHOTS)
    inputs = [word for shot in SHOTS for word in ("-f", "lavfi", "-t", f"{each}", "-i", shot)]
    sound = f"aevalsrc=0.2*sin(440*2*PI*t)*(0.6+0.4*sin(t))+0.02*random(0):s=48000:d={seconds}"
    parts = ";".join(
        f"[{n}]scale=1920:1080,format=yuv420p,setsar=1,noise=alls=6:allf=t[p{n}]"
        for n in range(len(SHOTS))
    )
    joined = "".join(f"[p{n}]" for n in range(len(SHOTS)))
    run(
        [
            *inputs,
            *("-f", "lavfi", "-i", sound),
            *("-filter_complex", f"{parts};{joined}concat=n={len(SHOTS)}[v]"),
            *("-map", "[v]", "-map", f"{len(SHOTS)}:a", "-c:v", "libx264", "-preset", "veryfast"),
            *("-b:v", "12M", "-maxrate", "14M", "-bufsize", "20M", "-c:a", "aac", str(path)),
        ],
        path.parent,
    )


def bare(source: Path, folder: Path, inspection: Inspection) -> float:
    """The single command."""
    rungs = ladder(inspection)
    count = len(rungs)
    outs = "".join(f"[s{n}]" for n in range(count))
    graph = [f"[0:v]split={count + 2}{outs}[t][q]"]
    graph += [
        f"[s{n}]scale={rung.width}:{rung.height},format=yuv420p[v{n}]"
        for n, rung in enumerate(rungs)
    ]
    graph += ["[t]fps=1/2,scale=160:-2,tile=10x10[tiles]", "[q]thumbnail=100,scale=1280:-2[poster]"]
    words = ["-i", str(source), "-filter_complex", ";".join(graph)]
    streams = []
    for n, rung in enumerate(rungs):
        words += ["-map", f"[v{n}]", f"-maxrate:v:{n}", str(rung.most_bits)]
        words += [f"-bufsize:v:{n}", str(rung.most_bits * 3 // 2)]
        streams.append(f"v:{n}" + (",agroup:s" if inspection.audio else ""))
    if inspection.audio:
        words += ["-map", "0:a:0", "-c:a", "aac", "-b:a", "160k", "-ac", "2", "-ar", "48000"]
        streams.append("a:0,agroup:s")
    words += ["-c:v", "libx264", "-preset", preset(), "-crf", str(settings.video.crf)]
    words += ["-profile:v", "high", "-bf", "2", "-sc_threshold", "0", "-g", "250"]
    words += ["-force_key_frames", "expr:gte(t,n_forced*2)", "-f", "hls", "-hls_time", "4"]
    words += ["-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"]
    words += ["-hls_flags", "single_file+independent_segments", "-master_pl_name", "master.m3u8"]
    words += ["-var_stream_map", " ".join(streams), "%v.m3u8"]
    words += ["-map", "[tiles]", "sheet-%d.jpg", "-map", "[poster]", "-frames:v", "1", "poster.jpg"]
    return run(words, folder)


def whole(source: Path, work: Path) -> tuple[dict[str, float], str]:
    """Every step of ours, timed; also says who found how many scenes."""
    parts = {}

    def timed(name: str, function: Callable[..., Any], *arguments: object) -> Any:
        started = time.perf_counter()
        result = function(*arguments)
        parts[name] = time.perf_counter() - started
        return result

    inspection = timed("inspect", inspect, source, work)
    assert isinstance(inspection, Inspection), inspection
    analysis = timed("analyse", analyse, source, work, inspection)
    scenes = timed("scenes", find_scenes, work, analysis)
    rendered = timed("render", render, source, work, inspection, analysis)
    timed("package", package, work, analysis, rendered)
    timed("thumbnails", make_thumbnails, work, analysis, rendered, scenes)
    return parts, f"{len(scenes.scenes)} scenes by {scenes.method}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ultra-bench-") as name:
        folder = Path(name)
        source = options.source.absolute() if options.source else folder / "clip.mp4"
        if not options.source:
            make_clip(source, options.seconds)
        ratios = []
        for number in range(options.rounds):
            load = os.getloadavg()[0]
            work, plain = folder / f"work{number}", folder / f"bare{number}"
            plain.mkdir()
            cpu = [cpu_seconds()]
            parts, found = whole(source, work)
            cpu.append(cpu_seconds())
            inspection = inspect(source, work)
            assert isinstance(inspection, Inspection)
            cpu.append(cpu_seconds())
            bare_seconds = bare(source, plain, inspection)
            cpu.append(cpu_seconds())
            ratios.append(sum(parts.values()) / bare_seconds)
            figures = {
                "clip_s": round(inspection.duration, 1),
                "size": f"{inspection.width}x{inspection.height}",
                "load_before": round(load, 2),
                **{key: round(value, 2) for key, value in parts.items()},
                "ours_s": round(sum(parts.values()), 2),
                "bare_s": round(bare_seconds, 2),
                "ratio": round(ratios[-1], 3),
                "ours_cpu_s": round(cpu[1] - cpu[0], 1),
                "bare_cpu_s": round(cpu[3] - cpu[2], 1),
                "cpu_ratio": round((cpu[1] - cpu[0]) / (cpu[3] - cpu[2]), 3),
                "found": found,
            }
            print(json.dumps(figures))
        print(f"ratio {statistics.median(ratios):.3f} (aim ≤ 1.3)")


if __name__ == "__main__":
    main()
