"""In which order a worker looks at its queues: urgent ones first, but never only those.

Celery's transport asks this class before each fetch. Of ten fetches seven prefer high over medium
over low, two begin with medium and one with low: a flood of urgent work slows the rest down and
does not stop it. Among queues of one priority the pools take turns.
"""

import time
from collections.abc import Iterable

from ultra.kit.tasks.registry import Priority

_URGENT_FIRST = (Priority.HIGH, Priority.MEDIUM, Priority.LOW)
_ORDERS = (
    *[_URGENT_FIRST] * 4,
    (Priority.MEDIUM, Priority.HIGH, Priority.LOW),
    *[_URGENT_FIRST] * 2,
    (Priority.LOW, Priority.HIGH, Priority.MEDIUM),
    _URGENT_FIRST,
    (Priority.MEDIUM, Priority.HIGH, Priority.LOW),
)

asked_at = time.monotonic()
"""When a fetch last began in this process: while the worker has a hand free, its sign of life."""


class Turns:
    """A queue cycle, as kombu calls it (kombu.utils.scheduling)."""

    def __init__(self, queues: Iterable[str] = ()) -> None:
        self._queues = list(queues)
        self._turn = 0

    def update(self, queues: Iterable[str]) -> None:
        """These are the queues from now on."""
        self._queues = list(queues)

    def consume(self, count: int) -> list[str]:
        """The queues to fetch from, the preferred one first."""
        global asked_at  # noqa: PLW0603 - one worker a process, watched by its watchdog
        asked_at = time.monotonic()
        order = _ORDERS[self._turn % len(_ORDERS)]
        return sorted(self._queues, key=lambda name: order.index(_priority(name)))[:count]

    def rotate(self, used: str) -> str:
        """A message came from this queue: it is the others' turn."""
        self._turn += 1
        if used in self._queues:
            self._queues.remove(used)
            self._queues.append(used)
        return used


def _priority(queue: str) -> Priority:
    return Priority(queue.rpartition(".")[2])
