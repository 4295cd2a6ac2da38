"""Finds wipes, which the network hardly sees: a straight border that carries the new shot across.

In a wipe every point changes once, at once, and when it changes follows from where it lies. Motion
of things or of the camera changes points again and again, in no such order.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ultra.video.analysis.pictures import Pictures, differences

_DISTANCE = 24
_ANOTHER_PICTURE = 30.0
_REACH, _STRIDE = 22, 4
_CHANGED, _COVERAGE = 25.0, 0.5
_AT_ONCE, _MOSTLY = 0.5, 0.7
_SPREAD = 3.0
_ON_TIME, _IN_ORDER = 2.0, 0.75


def find_wipes(pictures: Pictures, taken: Sequence[int]) -> list[tuple[int, int]]:
    """First and last pictures of wipes, away from the boundaries that are known already."""
    change = differences(pictures, _DISTANCE)
    found: list[tuple[int, int]] = []
    for middle in range(_REACH, len(pictures) - _REACH, _STRIDE):
        first, last = middle - _REACH, middle + _REACH
        if change[min(middle - _DISTANCE // 2, len(change) - 1)] < _ANOTHER_PICTURE:
            continue
        if any(first <= each <= last for each in taken) or (found and first <= found[-1][1]):
            continue
        span = _span(pictures[first:last].mean(axis=3))
        if span:
            found.append((first + span[0], first + span[1]))
    return found


def _span(grey: NDArray[np.float64]) -> tuple[int, int] | None:
    """First and last changing picture, when the points change once each and in order."""
    total = np.abs(grey[-3:].mean(axis=0) - grey[:3].mean(axis=0))
    changed = total > _CHANGED
    steps = np.abs(np.diff(grey, axis=0))
    at_once = changed & (steps.max(axis=0) > _AT_ONCE * total)
    if changed.mean() < _COVERAGE or at_once.sum() < _MOSTLY * changed.sum():
        return None
    rows, columns = np.nonzero(at_once)
    when = steps.argmax(axis=0)[rows, columns].astype(np.float64)
    # In a cut all points change together.
    if np.median(np.abs(when - np.median(when))) < _SPREAD:
        return None
    places = np.stack([rows, columns, np.ones_like(rows)], axis=1).astype(np.float64)
    plane, *_ = np.linalg.lstsq(places, when, rcond=None)
    is_on_time = np.abs(when - places @ plane) < _ON_TIME
    if is_on_time.mean() < _IN_ORDER:
        return None
    return int(when[is_on_time].min()) + 1, int(when[is_on_time].max()) + 1
