"""Shot boundaries without a network: how much hue, saturation and brightness jump.

Serves where torch or the weights are absent, and as a second opinion on what the network doubts.
"""

import numpy as np
from numpy.typing import NDArray

from ultra.video.analysis.pictures import Pictures, Signal, pieces

_NEIGHBOURS = 3
_TIMES_THE_NEIGHBOURS = 3.5
_LEAST_CHANGE = 15.0
_LEAST_SECONDS = 0.6


def content_change(pictures: Pictures) -> Signal:
    """How much each picture differs from the one before it; 0 for the first."""
    result = np.zeros(len(pictures), dtype=np.float32)
    for piece in pieces(len(pictures)):
        first = max(0, piece.start - 1)
        values = _hue_saturation_value(pictures[first : piece.stop])
        change = _change(values[:-1], values[1:])
        result[piece.stop - len(change) : piece.stop] = change
    return result


def change_between(one: Pictures, other: Pictures) -> float:
    """The same measure between two pictures that need not be neighbours."""
    values = _hue_saturation_value(np.stack([one, other]))
    return float(_change(values[:1], values[1:])[0])


def find_cuts(pictures: Pictures, fps: float) -> list[int]:
    """First pictures of new shots: where the change stands out from the changes around it."""
    change = content_change(pictures)
    around = np.zeros_like(change)
    for step in range(1, _NEIGHBOURS + 1):
        around[step:] += change[:-step]
        around[:-step] += change[step:]
    stands_out = change > _TIMES_THE_NEIGHBOURS * np.maximum(around / (2 * _NEIGHBOURS), 1.0)
    cuts: list[int] = []
    for candidate in np.flatnonzero(stands_out & (change > _LEAST_CHANGE)):
        if not cuts or candidate - cuts[-1] >= _LEAST_SECONDS * fps:
            cuts.append(int(candidate))
    return cuts


def _change(early: NDArray[np.float32], late: NDArray[np.float32]) -> Signal:
    distance = np.abs(late - early)
    # Hue is a circle of 180 steps.
    distance[..., 0] = np.minimum(distance[..., 0], 180 - distance[..., 0])
    change: Signal = distance.mean(axis=(1, 2, 3), dtype=np.float32)
    return change


def _hue_saturation_value(pictures: Pictures) -> NDArray[np.float32]:
    """Hue 0–180, saturation and value 0–255."""
    colours = pictures.astype(np.float32)
    red, green, blue = colours[..., 0], colours[..., 1], colours[..., 2]
    value = colours.max(axis=-1)
    spread = value - colours.min(axis=-1)
    safe = np.maximum(spread, 1e-6)
    hue = np.select(
        [value == red, value == green],
        [(green - blue) / safe % 6, (blue - red) / safe + 2],
        (red - green) / safe + 4,
    )
    saturation = 255 * spread / np.maximum(value, 1e-6)
    return np.stack([30 * hue * (spread > 0), saturation, value], axis=-1).astype(np.float32)
