"""From "how likely does a shot end here" to transitions with a kind and a place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ultra.video.analysis.classical import change_between
from ultra.video.analysis.flash import is_flash
from ultra.video.analysis.pictures import Pictures, Signal

_CERTAIN = 0.5
_DOUBTFUL = 0.2
_PART_OF_TRANSITION = 0.35
_LONGEST_CUT = 4
_CLEAR_CHANGE = 35.0
_BLANK_SECONDS = 2.0
_LONG_BLACK_SECONDS = 0.5


class Kind(StrEnum):
    """How one shot gives way to the next; the first shot of a video has `start`."""

    START = "start"
    CUT = "cut"
    DISSOLVE = "dissolve"
    FADE = "fade"


@dataclass(frozen=True)
class Transition:
    """`boundary` is the first picture of the new shot; `first` to `last` show both shots."""

    kind: Kind
    boundary: int
    first: int
    last: int


def read_predictions(ends: Signal, during: Signal, pictures: Pictures) -> list[Transition]:
    """Turn the network's two answers into transitions; one block of positives is one of them.

    A cut begins with the first picture after its block. In a dissolve both shots are equally
    visible in the middle, which is where the new one is said to begin.
    """
    found = []
    for first, last in runs(ends > _DOUBTFUL):
        if ends[first : last + 1].max() > _CERTAIN:
            certain = first + np.flatnonzero(ends[first : last + 1] > _CERTAIN)
            core = (int(certain[0]), int(certain[-1]))
        else:
            core = (first, last)
        start, end = _grow(during > _PART_OF_TRANSITION, *core)
        if ends[core[0] : core[1] + 1].max() <= _CERTAIN and not _has_changed(pictures, start, end):
            continue
        if end - start < _LONGEST_CUT:
            boundary = min(core[1] + 1, len(pictures) - 1)
            if boundary and not is_flash(pictures, boundary):
                found.append(Transition(Kind.CUT, boundary, boundary, boundary))
        else:
            found.append(Transition(Kind.DISSOLVE, (start + end) // 2 + 1, start, end))
    return found


def recognise_fades(
    transitions: Sequence[Transition], emptiness: Signal, fps: float
) -> list[Transition]:
    """Rename dissolves that pass through black or white, and make one of both their halves.

    The new shot begins in the middle of the black, or where a longer black ends. A black stretch
    of less than two seconds is part of the transition; one that lasts to the end is no shot.
    """
    blank = np.isfinite(emptiness)
    blanks = runs(blank)
    found: list[Transition] = []
    for transition in transitions:
        near = _blank_near(transition, blanks)
        if near is None or transition.kind is Kind.CUT:
            found.append(transition)
            continue
        begins, ends = near
        if ends == len(blank) - 1 or begins == 0:
            # Out into nothing, or in from nothing: there is no second shot.
            continue
        first, last = min(transition.first, begins), max(transition.last, ends)
        depth = emptiness[begins : ends + 1]
        darkest = begins + np.flatnonzero(depth <= depth.min() + 2)
        is_long = len(darkest) > _LONG_BLACK_SECONDS * fps
        boundary = darkest[-1] + 1 if is_long else darkest[(len(darkest) - 1) // 2]
        found.append(Transition(Kind.FADE, int(boundary), first, last))
    return _join(found, blank, fps)


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches of True as (first, last)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _grow(mask: NDArray[np.bool_], first: int, last: int) -> tuple[int, int]:
    while first > 0 and mask[first - 1]:
        first -= 1
    while last < len(mask) - 1 and mask[last + 1]:
        last += 1
    return first, last


def _has_changed(pictures: Pictures, first: int, last: int) -> bool:
    """The second opinion: is it really another picture afterwards? Finds wipes that are doubted."""
    before, after = max(0, first - 2), min(len(pictures) - 1, last + 2)
    return change_between(pictures[before], pictures[after]) > _CLEAR_CHANGE


def _blank_near(
    transition: Transition, blanks: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    reach = 5
    for first, last in blanks:
        if first <= transition.last + reach and last >= transition.first - reach:
            return first, last
    return None


def _join(
    transitions: Sequence[Transition], blank: NDArray[np.bool_], fps: float
) -> list[Transition]:
    joined: list[Transition] = []
    for transition in sorted(transitions, key=lambda each: each.boundary):
        if joined:
            before = joined[-1]
            between = slice(before.boundary, transition.boundary)
            seconds = (transition.boundary - before.boundary) / fps
            is_blank = bool(blank[between].mean() > 0.9) if seconds else True
            if transition.boundary - before.boundary < _LONGEST_CUT or (
                is_blank and seconds < _BLANK_SECONDS
            ):
                joined[-1] = replace(before, last=max(before.last, transition.last))
                continue
        joined.append(transition)
    return joined
