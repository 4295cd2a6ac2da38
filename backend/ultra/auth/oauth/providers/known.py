"""What a provider publishes about itself, kept by each process for a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class _Kept(Generic[Thing]):
    thing: Thing
    until: float


class Known(Generic[Thing]):
    """Things by their URL; `fetch` gets one that is not known, or known for too long."""

    def __init__(self, fetch: Callable[[str], Thing], *, seconds: float) -> None:
        self._fetch = fetch
        self._seconds = seconds
        self._lock = Lock()
        self._kept: dict[str, _Kept[Thing]] = {}

    def get(self, url: str, *, anew: bool = False) -> Thing:
        kept = self._kept.get(url)
        if kept and kept.until > time.monotonic() and not anew:
            return kept.thing
        # Not under the lock: a provider that is slow must not hold up everybody else.
        fetched = self._fetch(url)
        with self._lock:
            self._kept[url] = _Kept(fetched, time.monotonic() + self._seconds)
        return fetched
