"""Tells a flash from a cut: after a camera flash or a dropped picture the same shot goes on."""

from ultra.video.analysis.pictures import Pictures, difference

_REACH = 4
_ALIKE = 10.0
_CLEARLY_LESS = 3.0


def is_flash(pictures: Pictures, boundary: int) -> bool:
    """Say whether the shot before `boundary` (first picture of the new one) comes back at once.

    True when some picture shortly before and some picture shortly after are alike, and much more
    alike than the two at the boundary. Both ends of a flash fulfil this, a cut never does.
    """
    jump = difference(pictures[boundary - 1], pictures[boundary])
    before = range(max(0, boundary - _REACH), boundary)
    after = range(boundary, min(len(pictures), boundary + _REACH))
    closest = min(difference(pictures[i], pictures[j]) for i in before for j in after)
    return closest < _ALIKE and closest * _CLEARLY_LESS < jump
