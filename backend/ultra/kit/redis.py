"""Redis: sessions, live events and the job queue; only what may vanish.

Time limits everywhere: a frozen server must become an error, not a frozen request.
"""

from typing import Any

from redis import Redis
from redis.asyncio import BlockingConnectionPool
from redis.asyncio import Redis as AsyncRedis
from redis.backoff import NoBackoff
from redis.retry import Retry

from ultra.settings import settings

_LIMITS: dict[str, Any] = {
    "socket_timeout": 5.0,
    "socket_connect_timeout": 3.0,
    "health_check_interval": 10,
}


def make_redis() -> Redis:
    """A client with its own pool; `redis` below serves everybody who has no special wish."""
    return Redis.from_url(
        settings.redis_address,
        decode_responses=True,
        retry=Retry(NoBackoff(), 1),
        **_LIMITS,
    )


def make_async_redis() -> AsyncRedis:
    """A client for the event loop that serves live events; blocking reads need a longer limit."""
    pool = BlockingConnectionPool.from_url(
        settings.redis_address,
        # One piece of news wakes hundreds of open pages at once: they take turns.
        max_connections=16,
        timeout=20,
        decode_responses=True,
        **{**_LIMITS, "socket_timeout": 30.0},
    )
    return AsyncRedis.from_pool(pool)


redis = make_redis()
