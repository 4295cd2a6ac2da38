"""Plain measurements on the 48×27 pictures, in pieces, so that hours of them need little memory."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Pictures = NDArray[np.uint8]
"""[frame, row, column, colour]"""
Signal = NDArray[np.float32]
"""One number per picture."""

_PIECE = 2000
_EVEN_DEVIATION = 9.0
_NEARLY_EMPTY = 20.0


def pieces(count: int) -> Iterator[slice]:
    for start in range(0, count, _PIECE):
        yield slice(start, min(start + _PIECE, count))


def difference(one: Pictures, other: Pictures) -> float:
    """Mean distance of two pictures, 0 to 255."""
    return float(np.abs(one.astype(np.int16) - other.astype(np.int16)).mean())


def differences(pictures: Pictures, distance: int) -> Signal:
    """Mean |f(t+distance) − f(t)| for every t that has such a partner."""
    count = max(0, len(pictures) - distance)
    result = np.zeros(count, dtype=np.float32)
    for piece in pieces(count):
        early = pictures[piece].astype(np.int16)
        late = pictures[piece.start + distance : piece.stop + distance].astype(np.int16)
        result[piece] = np.abs(late - early).mean(axis=(1, 2, 3))
    return result


def emptiness(pictures: Pictures) -> Signal:
    """How far each picture is from black or white all over; infinite where it shows something."""
    result = np.full(len(pictures), np.inf, dtype=np.float32)
    for piece in pieces(len(pictures)):
        flat = pictures[piece].reshape(piece.stop - piece.start, -1)
        light, deviation = flat.mean(axis=1), flat.std(axis=1)
        distance = np.minimum(light, 255 - light)
        is_empty = (deviation < _EVEN_DEVIATION) & (distance < _NEARLY_EMPTY)
        result[piece] = np.where(is_empty, distance, np.inf)
    return result
