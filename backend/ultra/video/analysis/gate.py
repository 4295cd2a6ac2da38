"""Decides where the network has to look at all: still stretches cannot hold a transition."""

import numpy as np

from ultra.video.analysis.pictures import Pictures, differences

BLOCK = 50
_STEP_DIFFERENCE = 10.0
_SLOW_DISTANCE, _SLOW_DIFFERENCE = 24, 16.0


def active_blocks(pictures: Pictures) -> list[int]:
    """Numbers of the blocks of 50 pictures in which something changed, at once or slowly.

    The thresholds lost no true transition on the montages that they were chosen on; a talking head
    passes nothing, a hand-held camera two thirds.
    """
    active = np.zeros(len(pictures), dtype=np.bool_)
    steps = differences(pictures, 1) > _STEP_DIFFERENCE
    active[1 : len(steps) + 1] |= steps
    slow = differences(pictures, _SLOW_DISTANCE) > _SLOW_DIFFERENCE
    middle = _SLOW_DISTANCE // 2
    active[middle : middle + len(slow)] |= slow
    return [int(block) for block in np.unique(np.flatnonzero(active) // BLOCK)]
