"""Ends a process that is stuck although its stores answer others; its supervisor starts it anew.

Celery's worker was seen to wait for ever on a connection that had died silently. No setting cured
every case of it, so the process watches itself: a sign of life that stays away too long, while a
*new* connection is answered at once, means that the fault is in here.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from redis.exceptions import RedisError

from ultra.kit.log import get_logger
from ultra.kit.redis import make_redis
from ultra.kit.tasks.presence import memory_of_family
from ultra.settings import settings

log = get_logger()

EXIT_STUCK = 75
"""EX_TEMPFAIL of sysexits.h: try again."""
DRAIN_SECONDS = 10.0


@dataclass(frozen=True)
class Sign:
    """One thing that must happen again and again."""

    name: str
    seen_at: Callable[[], float]
    """When it last happened, by time.monotonic()."""
    others_work: Callable[[], bool]
    """Whether a new connection to the same store is answered."""


def redis_answers() -> bool:
    """Whether Redis answers a new connection."""
    client = make_redis()
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()


def database_answers() -> bool:
    """Whether PostgreSQL answers a new connection."""
    address = settings.postgres_url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            connection.execute("select 1")
    except psycopg.Error:
        return False
    return True


@dataclass(frozen=True)
class Memory:
    """How much a process and its children may take, and who is told when it is more."""

    most_bytes: int
    outgrown: Callable[[], None]


def watch(signs: list[Sign], *, drain: Callable[[], None], memory: Memory | None = None) -> None:
    """Watch in a thread. `drain` asks the work in progress to be handed back before the end."""
    threading.Thread(
        target=_watch, args=(signs, drain, memory), name="watchdog", daemon=True
    ).start()


def _watch(signs: list[Sign], drain: Callable[[], None], memory: Memory | None) -> None:
    limit = settings.jobs.watchdog_seconds
    while True:
        time.sleep(min(limit / 4, 10.0))
        for sign in signs:
            silent = time.monotonic() - sign.seen_at()
            if silent > limit and sign.others_work():
                log.error("watchdog.stuck", sign=sign.name, silent_seconds=round(silent))
                leave(drain)
        if memory and (used := memory_of_family()) > memory.most_bytes:
            log.warning("watchdog.too_much_memory", bytes=used)
            # First: simply handed back, a job that needs too much would come again for ever.
            memory.outgrown()
            # Not stuck: the usual way of ending works, and takes as long as it takes.
            os.kill(os.getpid(), signal.SIGTERM)
            return


def leave(drain: Callable[[], None]) -> None:
    """End this process, giving what it still can a moment to be handed back."""
    drain()
    time.sleep(DRAIN_SECONDS)
    # Whatever holds the main thread holds the usual way of ending as well.
    os._exit(EXIT_STUCK)
