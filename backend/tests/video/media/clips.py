"""Small films that the tests make for themselves, and where the shared ones lie."""

import os
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from ultra.settings import REPOSITORY
from ultra.video.media.ffmpeg import ffmpeg_program

SHARED = Path(os.environ.get("ULTRA_TEST_MEDIA") or REPOSITORY.parent / "shared" / "media")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared media are not here")

FAST = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
LOOKS = (
    "testsrc2=s={size}:r={fps}",
    "mandelbrot=s={size}:r={fps}:start_scale=0.5",
    "gradients=s={size}:r={fps}:seed=7:speed=0.01",
    "smptehdbars=s={size}:r={fps}",
    "life=s={size}:r={fps}:mold=20:ratio=0.2:seed=3:death_color=#702020:life_color=#20d0a0",
)


def ffmpeg(*arguments: str | Path) -> None:
    command = [ffmpeg_program(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y"]
    subprocess.run([*command, *map(str, arguments)], check=True, timeout=60)


def plain(
    path: Path,
    *output: str,
    size: str = "320x180",
    fps: int = 25,
    seconds: float = 2,
    sound: str | None = None,
) -> Path:
    """One moving picture, with `sound` as a lavfi source when asked for."""
    inputs: list[str] = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={fps}:d={seconds}"]
    if sound:
        inputs += ["-f", "lavfi", "-i", f"{sound}"]
    limit = ("-t", str(seconds))
    ffmpeg(*inputs, *limit, *(output or (*FAST, "-c:a", "aac")), path)
    return path


def montage(path: Path, lengths: list[int], fps: int = 25, *, size: str = "320x180") -> list[int]:
    """Shots of so many pictures each; returns the first picture of every shot but the first."""
    inputs, parts = [], []
    for number, length in enumerate(lengths):
        look = LOOKS[number % len(LOOKS)].format(size=size, fps=fps)
        inputs += ["-f", "lavfi", "-t", str(length / fps), "-i", look]
        parts.append(
            f"[{number}]trim=end_frame={length},setpts=PTS-STARTPTS,format=yuv420p,"
            f"setsar=1[p{number}]"
        )
    joined = "".join(f"[p{number}]" for number in range(len(lengths)))
    graph = ";".join(parts) + f";{joined}concat=n={len(lengths)}[v]"
    ffmpeg(*inputs, "-filter_complex", graph, "-map", "[v]", *FAST, path)
    return [sum(lengths[:count]) for count in range(1, len(lengths))]


def uneven(path: Path, count: int = 60) -> list[float]:
    """A film whose pictures come at irregular times; returns them."""
    steps = [(40, 40, 120, 20)[number % 4] for number in range(count)]
    times = [sum(steps[:number]) for number in range(count)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, when in enumerate(times):
            picture = np.full((90, 160, 3), (number * 4) % 256, dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = when, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return [when / 1000 for when in times]


def turned(source: Path, path: Path, degrees: int) -> Path:
    """The same film with a display matrix, as phones write it."""
    ffmpeg("-display_rotation", str(degrees), "-i", source, "-c", "copy", path)
    return path
