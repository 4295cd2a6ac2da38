"""The sixth step: the poster and the small pictures for scrubbing.

Both come from key frames of the finished rungs: those are turned, square, SDR and every two seconds
already, and reading only them costs a hundredth of decoding everything. Every picture carries the
true time of its key frame.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from PIL import Image

from ultra.video.analysis.decode import Analysis
from ultra.video.analysis.scenes import SceneList
from ultra.video.media.ffmpeg import ignore_progress
from ultra.video.media.process import MediaCancelled, never
from ultra.video.media.records import Record
from ultra.video.media.workfolder import finished_folder
from ultra.video.renders.render import Render

POSTER, SPRITES = "poster.jpg", "sprite.vtt"
_TILE_WIDTH, _COLUMNS, _ROWS = 160, 10, 10
_LEAST_SECONDS, _MOST_TILES = 2.0, 300
_POSTER_WIDTH = 1280
_CANDIDATES = 5
_NEAR_TRANSITION = 0.5


@dataclass(frozen=True)
class Thumbnails(Record):
    """The files in `folder`, and the best moments for a poster, best first."""

    folder: str
    poster: str
    sprites: str
    sheets: list[str]
    poster_times: list[float]


@dataclass(frozen=True)
class _Tile:
    time: float
    picture: Image.Image


def make_thumbnails(
    work: Path,
    analysis: Analysis,
    rendered: Render,
    scenes: SceneList,
    *,
    progress: Callable[[float], None] = ignore_progress,
    cancelled: Callable[[], bool] = never,
) -> Thumbnails:
    """Write `thumbnails/` in `work`."""
    rungs = rendered.rungs
    every = max(_LEAST_SECONDS, analysis.duration / _MOST_TILES)
    tiles = []
    for tile in _key_frames(work / rendered.folder / rungs[-1].file, every):
        if cancelled():
            raise MediaCancelled
        tiles.append(tile)
        progress(min(0.8, 0.8 * tile.time / analysis.duration))
    with finished_folder(work / "thumbnails") as folder:
        sheets = _write_sheets(folder, tiles)
        (folder / SPRITES).write_text(_cues(tiles, sheets, analysis.duration))
        best = _best_times(tiles, scenes)
        poster = _picture_at(work / rendered.folder / rungs[0].file, best[0])
        poster.thumbnail((_POSTER_WIDTH, _POSTER_WIDTH))
        poster.save(folder / POSTER, quality=85, optimize=True, progressive=True)
        progress(1.0)
    return Thumbnails("thumbnails", POSTER, SPRITES, sheets, best)


def _key_frames(path: Path, every: float) -> Iterator[_Tile]:
    """Small pictures of key frames that are at least `every` seconds apart."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        due = 0.0
        for frame in container.decode(stream):
            # Half a picture of tolerance: the key frame of second 4 may lie at 3.99.
            if frame.time is None or frame.time < due - 0.02:
                continue
            height = max(2, round(frame.height * _TILE_WIDTH / frame.width))
            picture = Image.fromarray(
                frame.to_ndarray(width=_TILE_WIDTH, height=height, format="rgb24")
            )
            yield _Tile(float(frame.time), picture)
            due = float(frame.time) + every


def _write_sheets(folder: Path, tiles: Sequence[_Tile]) -> list[str]:
    names = []
    width, height = tiles[0].picture.size
    size = _COLUMNS * _ROWS
    for number, start in enumerate(range(0, len(tiles), size)):
        part = tiles[start : start + size]
        columns, rows = min(len(part), _COLUMNS), -(-len(part) // _COLUMNS)
        sheet = Image.new("RGB", (columns * width, rows * height))
        for place, tile in enumerate(part):
            sheet.paste(tile.picture, (place % _COLUMNS * width, place // _COLUMNS * height))
        names.append(f"sprite-{number}.jpg")
        sheet.save(folder / names[-1], quality=75, optimize=True)
    return names


def _cues(tiles: Sequence[_Tile], sheets: Sequence[str], duration: float) -> str:
    width, height = tiles[0].picture.size
    ends = [tile.time for tile in tiles[1:]] + [max(duration, tiles[-1].time + 0.001)]
    lines = ["WEBVTT", ""]
    for number, (tile, end) in enumerate(zip(tiles, ends, strict=True)):
        sheet, place = divmod(number, _COLUMNS * _ROWS)
        x, y = place % _COLUMNS * width, place // _COLUMNS * height
        lines += [
            f"{_clock(tile.time)} --> {_clock(end)}",
            f"{sheets[sheet]}#xywh={x},{y},{width},{height}",
            "",
        ]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _best_times(tiles: Sequence[_Tile], scenes: SceneList) -> list[float]:
    """Times of the pictures that show most: sharp, well lit, colourful, not amid a transition."""
    borders = [scene.start for scene in scenes.scenes[1:]]
    scored = []
    for tile in tiles:
        score = _score(tile.picture)
        if any(abs(tile.time - border) < _NEAR_TRANSITION for border in borders):
            score *= 0.5
        scored.append((score, tile.time))
    best = sorted(scored, key=lambda each: (-each[0], each[1]))[:_CANDIDATES]
    return [time for _, time in best]


def _score(picture: Image.Image) -> float:
    pixels = np.asarray(picture, dtype=np.float32)
    grey = pixels.mean(axis=2)
    laplacian = (
        4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    )
    sharpness = min(1.0, float(np.abs(laplacian).mean()) / 20)
    # Best in the middle of the range, worthless at both ends.
    exposure = max(0.0, 1 - abs(float(grey.mean()) - 118) / 118)
    contrast = min(1.0, float(grey.std()) / 60)
    colour = min(1.0, float((pixels.max(axis=2) - pixels.min(axis=2)).mean()) / 80)
    return exposure * (0.4 * sharpness + 0.35 * contrast + 0.25 * colour)


def _picture_at(path: Path, time: float) -> Image.Image:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        container.seek(round(time / stream.time_base), stream=stream)
        for frame in container.decode(stream):
            if frame.time is not None and frame.time >= time - 0.02:
                return Image.fromarray(frame.to_ndarray(format="rgb24"))
    raise ValueError(f"no picture at {time} s")
