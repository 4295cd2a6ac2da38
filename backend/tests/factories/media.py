"""Files to upload: small videos made by ffmpeg, once per test run, and files that are none."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe


@cache
def _folder() -> Path:
    return Path(_kept.name)


_kept = tempfile.TemporaryDirectory(prefix="ultra-test-media-")


@cache
def clip(seconds: float = 1, width: int = 320, height: int = 180, rate: int = 25) -> Path:
    """Moving bars with a tone, H.264 and AAC in MP4."""
    path = _folder() / f"clip-{seconds}-{width}x{height}-{rate}.mp4"
    size = f"{width}x{height}"
    subprocess.run(
        [
            *(get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y"),
            *("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"),
            *("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
            *("-c:a", "aac", "-shortest", str(path)),
        ],
        check=True,
        timeout=120,
    )
    return path


NOT_VIDEOS: dict[str, tuple[bytes, str]] = {
    "empty.mp4": (b"", "empty_file"),
    "notes.mp4": ("Yalnızca metin.\n".encode() * 50, "not_a_video"),
    "picture.mp4": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "not_a_video"),
    "list.m3u8": (b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/x.ts\n", "not_a_video"),
    "list.mp4": (b"ffconcat version 1.0\nfile /etc/passwd\n", "not_a_video"),
}
"""File name → bytes, and the verdict on them."""
