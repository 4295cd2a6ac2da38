"""The third step: the list of a video's scenes, from the pictures that the analysis left.

The gate says where to look, TransNet V2 looks; without torch or its weights the classical detector
answers, and the result says which of the two it was.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ultra.video.analysis import classical, gate
from ultra.video.analysis.decode import Analysis, load_frames, load_times
from ultra.video.analysis.flash import is_flash
from ultra.video.analysis.pictures import Pictures, differences, emptiness, pieces
from ultra.video.analysis.transitions import (
    Kind,
    Transition,
    read_predictions,
    recognise_fades,
)
from ultra.video.analysis.wipes import find_wipes
from ultra.video.media.ffmpeg import ignore_progress
from ultra.video.media.process import MediaCancelled, never
from ultra.video.media.records import Record

_NETWORK = "ultra.video.analysis.transnet"
_NETWORK_FPS = 30.0


@dataclass(frozen=True)
class Scene(Record):
    """One shot. `end_frame` belongs to it: the next one starts at `end_frame + 1`.

    Pictures are counted from 0 in presentation order; times are seconds after the first picture,
    and a scene ends when the next begins. `transition` says how the shot came in; its pictures are
    `transition_first` to `transition_last`, which are equal for a cut.
    """

    index: int
    start: float
    end: float
    start_frame: int
    end_frame: int
    transition: Kind
    transition_first: int
    transition_last: int


@dataclass(frozen=True)
class SceneList(Record):
    """The scenes and who found them: "transnetv2" or "classical"."""

    method: str
    scenes: list[Scene]


def find_scenes(
    work: Path,
    analysis: Analysis,
    *,
    progress: Callable[[float], None] = ignore_progress,
    cancelled: Callable[[], bool] = never,
) -> SceneList:
    """Find the scenes of an analysed video."""
    pictures, times = load_frames(work, analysis), load_times(work, analysis)
    kept = thin(times)
    seen = pictures if len(kept) == len(pictures) else _thinned(work, analysis, pictures, kept)
    fps = min(analysis.fps, _NETWORK_FPS)
    method, found = _by_network(seen, progress, cancelled)
    if found is None:
        cuts = [cut for cut in classical.find_cuts(seen, fps) if not is_flash(seen, cut)]
        found = [Transition(Kind.CUT, cut, cut, cut) for cut in cuts]
    found = recognise_fades(found, emptiness(seen), fps)
    for first, last in find_wipes(seen, [each.boundary for each in found]):
        found.append(Transition(Kind.DISSOLVE, (first + last) // 2 + 1, first, last))
    found.sort(key=lambda each: each.boundary)
    placed = [_place(transition, kept, pictures) for transition in found]
    return SceneList(method, _scenes(placed, times, analysis.duration))


def thin(times: NDArray[np.float64]) -> NDArray[np.int64]:
    """Numbers of the pictures that the network sees: at most 30 a second, chosen by their times."""
    if len(times) < 2 or np.median(np.diff(times)) > 0.9 / _NETWORK_FPS:
        return np.arange(len(times))
    slots = np.floor(times * _NETWORK_FPS + 1e-3)
    return np.flatnonzero(np.diff(slots, prepend=-1) > 0)


def _thinned(
    work: Path, analysis: Analysis, pictures: Pictures, kept: NDArray[np.int64]
) -> Pictures:
    """The chosen pictures in a file of their own: of hours they would not fit into memory."""
    path = work / analysis.folder / "thinned.rgb"
    seen = np.memmap(path, dtype=np.uint8, mode="w+", shape=(len(kept), *pictures.shape[1:]))
    for piece in pieces(len(kept)):
        seen[piece] = pictures[kept[piece]]
    return seen


def _by_network(
    pictures: Pictures, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> tuple[str, list[Transition] | None]:
    blocks = gate.active_blocks(pictures)
    if not blocks:
        return "transnetv2", []
    try:
        # By name, so that nothing pays for torch before there is something to look at.
        transnet = importlib.import_module(_NETWORK)
        transnet.load()
    except ImportError:
        return "classical", None
    except transnet.WeightsMissing:
        return "classical", None
    ends = np.zeros(len(pictures), dtype=np.float32)
    during = np.zeros(len(pictures), dtype=np.float32)
    for block, single, every in transnet.predict(pictures, blocks, progress, cancelled):
        place = slice(block * gate.BLOCK, block * gate.BLOCK + len(single))
        ends[place], during[place] = single, every
    if cancelled():
        raise MediaCancelled
    return "transnetv2", read_predictions(ends, during, pictures)


def _place(transition: Transition, kept: NDArray[np.int64], pictures: Pictures) -> Transition:
    """Count in all pictures again; a cut may lie on one that the network did not see."""
    boundary = int(kept[transition.boundary])
    if transition.kind is Kind.CUT and len(kept) != len(pictures):
        before = int(kept[transition.boundary - 1])
        steps = differences(pictures[before : boundary + 1], 1)
        boundary = before + 1 + int(steps.argmax())
        return Transition(Kind.CUT, boundary, boundary, boundary)
    first, last = int(kept[transition.first]), int(kept[transition.last])
    return replace(transition, boundary=boundary, first=first, last=last)


def _scenes(
    transitions: list[Transition], times: NDArray[np.float64], duration: float
) -> list[Scene]:
    starts = [Transition(Kind.START, 0, 0, 0), *transitions]
    ends = [each.boundary for each in transitions]
    return [
        Scene(
            index=index,
            start=float(times[one.boundary]),
            end=float(times[end]) if end < len(times) else duration,
            start_frame=one.boundary,
            end_frame=end - 1,
            transition=one.kind,
            transition_first=one.first,
            transition_last=one.last,
        )
        for index, (one, end) in enumerate(zip(starts, [*ends, len(times)], strict=True))
    ]
