"""Data keys that were read lately, wrapped as they lie in the database.

Fifty webhooks of a workspace read its key once, not fifty times. What is destroyed here is
forgotten at once, what another process destroys within a minute.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final
from uuid import UUID

SECONDS: Final = 60.0
MOST: Final = 1000


@dataclass(frozen=True)
class Wrapped:
    """A data key as it is stored: it opens nothing without the ring."""

    id: UUID
    owner_id: UUID
    key_id: str
    sealed_key: bytes


_lock = Lock()
_kept: OrderedDict[tuple[UUID, UUID], tuple[float, Wrapped]] = OrderedDict()


def find(data_key_id: UUID, owner_id: UUID) -> Wrapped | None:
    with _lock:
        kept = _kept.get((data_key_id, owner_id))
    if kept is None or time.monotonic() - kept[0] > SECONDS:
        return None
    return kept[1]


def keep(data_key: Wrapped) -> None:
    name = (data_key.id, data_key.owner_id)
    with _lock:
        _kept[name] = (time.monotonic(), data_key)
        _kept.move_to_end(name)
        if len(_kept) > MOST:
            _kept.popitem(last=False)


def forget(owner_id: UUID) -> None:
    """Whatever this workspace or person has."""
    with _lock:
        for name in [name for name in _kept if name[1] == owner_id]:
            del _kept[name]
