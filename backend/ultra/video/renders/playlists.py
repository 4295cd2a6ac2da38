"""Reads HLS playlists back and compares them with the files that they promise."""

import re
from dataclasses import dataclass
from pathlib import Path

import av

from ultra.video.renders.render import Render

_RANGE = re.compile(r"#EXT-X-BYTERANGE:(\d+)@(\d+)")
_MAP = re.compile(r'#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@(\d+)"')
_STREAM = re.compile(r"#EXT-X-STREAM-INF:.*RESOLUTION=(\d+)x(\d+).*CODECS=")


class BrokenPackage(Exception):  # noqa: N818 – states the fact
    """What was written is not what was meant; nothing of it is published."""


@dataclass(frozen=True)
class Segment:
    """One piece of a rung."""

    seconds: float
    length: int
    offset: int


@dataclass(frozen=True)
class Playlist:
    """One media playlist."""

    file: str
    segments: list[Segment]

    @property
    def duration(self) -> float:
        return sum(segment.seconds for segment in self.segments)


def read_playlist(path: Path) -> Playlist:
    """Read a playlist of byte ranges in one file."""
    text = path.read_text()
    found = _MAP.search(text)
    if not found or not text.rstrip().endswith("#EXT-X-ENDLIST"):
        raise BrokenPackage(f"{path.name} is not complete")
    seconds = [float(value) for value in re.findall(r"#EXTINF:([\d.]+)", text)]
    ranges = [(int(length), int(offset)) for length, offset in _RANGE.findall(text)]
    if len(seconds) != len(ranges) or not ranges:
        raise BrokenPackage(f"{path.name} names {len(ranges)} of {len(seconds)} segments")
    segments = [
        Segment(duration, length, offset)
        for duration, (length, offset) in zip(seconds, ranges, strict=True)
    ]
    return Playlist(found[1], segments)


def check_package(
    folder: Path, master: str, download: str, source: Path, rendered: Render
) -> float:
    """Compare everything; returns the length of the video in seconds."""
    rungs = rendered.rungs
    offered = _STREAM.findall((folder / master).read_text())
    if offered != [(str(rung.width), str(rung.height)) for rung in rungs]:
        raise BrokenPackage(f"{master} offers {offered}")
    playlists = [read_playlist(folder / f"{rung.name}.m3u8") for rung in rungs]
    lengths = [_check_file(folder, each) for each in playlists]
    durations = [[segment.seconds for segment in each.segments] for each in playlists]
    if any(one != durations[0] for one in durations):
        raise BrokenPackage("the rungs are not aligned")
    seconds, frame = lengths[0]
    if abs(playlists[0].duration - seconds) > frame:
        raise BrokenPackage(f"{playlists[0].duration} s are listed, {seconds} s are there")
    if rendered.sound:
        _check_file(folder, read_playlist(folder / "sound.m3u8"))
    with av.open(str(folder / download)) as file:
        packets = sum(1 for packet in file.demux(file.streams.video[0]) if packet.size)
    with av.open(str(source / rungs[0].file)) as file:
        meant = sum(1 for packet in file.demux(file.streams.video[0]) if packet.size)
    if packets != meant:
        raise BrokenPackage(f"{download} holds {packets} of {meant} pictures")
    return seconds


def _check_file(folder: Path, playlist: Playlist) -> tuple[float, float]:
    """Check that the ranges cover the file, and that every segment begins with a key frame.

    Returns the length of the file and of its longest frame.
    """
    path = folder / playlist.file
    end = playlist.segments[0].offset
    for segment in playlist.segments:
        if segment.offset != end:
            raise BrokenPackage(f"{playlist.file} has a hole at {end}")
        end += segment.length
    if end != path.stat().st_size:
        raise BrokenPackage(f"{playlist.file} has {path.stat().st_size} bytes, {end} are listed")
    with av.open(str(path)) as file:
        stream = file.streams[0]
        packets = [packet for packet in file.demux(stream) if packet.size]
        tick = float(stream.time_base or 0)
        if stream.type == "video":
            _check_starts(playlist, packets)
        shown = [(packet.pts or 0) * tick for packet in packets]
        lengths = [(packet.duration or 0) * tick for packet in packets]
    first, last = min(shown), max(range(len(shown)), key=shown.__getitem__)
    return shown[last] + lengths[last] - first, max(lengths)


def _check_starts(playlist: Playlist, packets: list[av.Packet]) -> None:
    starts = {segment.offset for segment in playlist.segments}
    bounds = sorted(starts)
    position = 0
    for packet in packets:
        if position < len(bounds) and (packet.pos or 0) > bounds[position]:
            if not packet.is_keyframe:
                raise BrokenPackage(f"{playlist.file}: a segment begins without a key frame")
            position += 1
    if position != len(bounds):
        raise BrokenPackage(f"{playlist.file}: {len(bounds) - position} segments are empty")
