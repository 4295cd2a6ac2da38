"""How often somebody tried in vain to come in as a person, since that person last did.

Redis counts. Of an address that nobody has a count is kept as well, one for all, so that an answer
takes as long for them as for others.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from redis.exceptions import RedisError

from ultra.kit.clock import now
from ultra.kit.log import get_logger
from ultra.kit.redis import redis

log = get_logger()

TOLD_FROM: Final = 5
"""Fewer are what people's own fingers do."""
KEPT: Final = timedelta(days=90)
"""Since the last one of them."""


@dataclass(frozen=True)
class Tries:
    count: int
    since: datetime


def note(user_id: UUID | None) -> None:
    """A wrong password or a wrong code. That it cannot be counted refuses nobody."""
    key = _key(user_id)
    try:
        with redis.pipeline() as steps:
            steps.hincrby(key, "count", 1)
            steps.hsetnx(key, "since", now().isoformat())
            steps.expire(key, KEPT)
            steps.execute()
    except RedisError as error:
        log.warning("refused_tries.not_counted", error=str(error)[:200])


def find(user_id: UUID) -> Tries | None:
    """None for fewer than are worth telling of."""
    try:
        kept: dict[Any, Any] = redis.hgetall(_key(user_id))
    except RedisError as error:
        log.warning("refused_tries.not_read", error=str(error)[:200])
        return None
    count = int(kept.get("count", 0))
    return Tries(count, datetime.fromisoformat(kept["since"])) if count >= TOLD_FROM else None


def forget(user_id: UUID) -> None:
    try:
        redis.delete(_key(user_id))
    except RedisError as error:
        log.warning("refused_tries.not_forgotten", error=str(error)[:200])


def _key(user_id: UUID | None) -> str:
    return f"refused-tries:{user_id or 'nobody'}"
