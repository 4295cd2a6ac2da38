"""Reads HLS playlists back and compares them with the files that they promise."""

import re
from dataclasses import dataclass
from pathlib import Path

import av

from ultra.video.renders.render import Render

_RANGE = re.compile(r"#EXT-X-BYTERANGE:(\d+)@(\d+)")
_MAP = re.compile(r'#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@(\d+)"')


class BrokenPackage(Exception):
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


def write_master(folder: Path, rendered: Render) -> str:
    """The playlist of playlists. ffmpeg's own leaves out rungs whose rate it does not know."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    codecs, group, sound = "", "", (0, 0)
    if rendered.sound:
        lines.append(
            '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="sound",DEFAULT=YES,AUTOSELECT=YES'
            ',CHANNELS="2",URI="sound.m3u8"'
        )
        codecs, group = ",mp4a.40.2", ',AUDIO="sound"'
        sound = _bits(read_playlist(folder / "sound.m3u8"))
    for rung in rendered.rungs:
        most, average = _bits(read_playlist(folder / f"{rung.name}.m3u8"))
        with av.open(str(folder / f"{rung.name}.m4s")) as file:
            codec = file.streams.video[0].codec_context
            # Profile, constraints and level, as RFC 6381 writes them.
            name = f"avc1.{(codec.extradata or b'')[1:4].hex()}"
        rates = f"BANDWIDTH={most + sound[0]},AVERAGE-BANDWIDTH={average + sound[1]}"
        picture = f'RESOLUTION={rung.width}x{rung.height},CODECS="{name}{codecs}"'
        lines += [f"#EXT-X-STREAM-INF:{rates},{picture}{group}", f"{rung.name}.m3u8"]
    return "\n".join([*lines, ""])


def _bits(playlist: Playlist) -> tuple[int, int]:
    """Bits a second of the heaviest segment and of all."""
    heaviest = max(each.length / max(each.seconds, 0.001) for each in playlist.segments)
    total = sum(each.length for each in playlist.segments)
    return round(8 * heaviest), round(8 * total / max(playlist.duration, 0.001))


def check_package(folder: Path, download: str, source: Path, rendered: Render) -> float:
    """Compare everything; returns the length of the video in seconds."""
    playlists = [read_playlist(folder / f"{rung.name}.m3u8") for rung in rendered.rungs]
    lengths = [_check_file(folder, each) for each in playlists]
    durations = [[segment.seconds for segment in each.segments] for each in playlists]
    if any(one != durations[0] for one in durations):
        raise BrokenPackage("the rungs are not aligned")
    seconds, frame = lengths[0]
    if abs(playlists[0].duration - seconds) > frame:
        raise BrokenPackage(f"{playlists[0].duration} s are listed, {seconds} s are there")
    if rendered.sound:
        _check_file(folder, read_playlist(folder / "sound.m3u8"))
    here, meant = (_pictures(path) for path in (folder / download, source / rendered.rungs[0].file))
    if here != meant:
        raise BrokenPackage(f"{download} holds {here} of {meant} pictures")
    return seconds


def _pictures(path: Path) -> int:
    with av.open(str(path)) as file:
        return sum(1 for packet in file.demux(file.streams.video[0]) if packet.size)


def _check_file(folder: Path, playlist: Playlist) -> tuple[float, float]:
    """Check that the ranges cover the file, that it starts at 0, each segment with a key frame.

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
        tick = float(stream.time_base or 0)
        # Numbers only: the packets of hours of video do not fit into memory.
        packets = [
            (each.pos or 0, each.is_keyframe, (each.pts or 0) * tick, (each.duration or 0) * tick)
            for each in file.demux(stream)
            if each.size
        ]
        if stream.type == "video":
            _check_starts(playlist, [(place, is_key) for place, is_key, _, _ in packets])
    shown = [when for _, _, when, _ in packets]
    lengths = [length for _, _, _, length in packets]
    if abs(min(shown)) > 0.001:
        raise BrokenPackage(f"{playlist.file} starts at {min(shown)} s")
    last = max(range(len(shown)), key=shown.__getitem__)
    return shown[last] + lengths[last], max(lengths)


def _check_starts(playlist: Playlist, packets: list[tuple[int, bool]]) -> None:
    """Every segment must begin with a key frame, or nobody can start there."""
    bounds = [segment.offset for segment in playlist.segments]
    position = 0
    for place, is_key in packets:
        if position < len(bounds) and place > bounds[position]:
            if not is_key:
                raise BrokenPackage(f"{playlist.file}: a segment begins without a key frame")
            position += 1
    if position != len(bounds):
        raise BrokenPackage(f"{playlist.file}: {len(bounds) - position} segments are empty")
