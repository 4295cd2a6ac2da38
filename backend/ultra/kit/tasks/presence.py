"""Who works here: each worker and dispatcher tells of itself in Redis every few seconds.

For people who look, and for nothing else: no decision hangs on it, so it may be lost.
"""

import json
import os
import socket
import threading
import time
from typing import Any

import psutil
from redis.exceptions import RedisError
from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError

from ultra import __version__
from ultra.kit.clock import now
from ultra.kit.db import read_only
from ultra.kit.redis import redis
from ultra.kit.tasks.models import Job
from ultra.kit.tasks.states import JobState

TELL_SECONDS = 5.0
LIFE_SECONDS = 15
KINDS = ("worker", "dispatcher")

_name: dict[str, str] = {}


def owner() -> str:
    """What a job's row says of who has it: the worker as people see it in the list of workers."""
    return _name.get("id") or f"{socket.gethostname()}:{os.getpid()}"


def begin(kind: str, **facts: Any) -> None:
    """Take a name, which forked children share, and tell of this process from now on."""
    _name["id"] = f"{socket.gethostname()}:{os.getpid()}"
    told = {
        "id": _name["id"],
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "started_at": now().isoformat(),
        "version": __version__,
        **facts,
    }
    threading.Thread(target=_tell, args=(kind, told), name="presence", daemon=True).start()


def living() -> list[dict[str, Any]]:
    """All that told of themselves lately, with the jobs that they run. Raises RedisError."""
    found: list[dict[str, Any]] = []
    for kind in KINDS:
        keys = sorted(redis.scan_iter(match=f"{kind}:*", count=500))
        texts = redis.mget(keys) if keys else []
        found += [{"kind": kind, **json.loads(text)} for text in texts if text]
    with read_only() as session:
        rows = session.execute(
            select(Job.owner, Job.id).where(Job.state == JobState.RUNNING).order_by(Job.started_at)
        ).all()
    for each in found:
        each["running"] = [str(row.id) for row in rows if row.owner == each["id"]]
    return found


def is_at_work() -> bool:
    """Whether this worker has a job; also when the database cannot say."""
    at_work = exists(select(Job.id).where(Job.state == JobState.RUNNING, Job.owner == owner()))
    try:
        with read_only() as session:
            return bool(session.scalar(select(at_work)))
    except SQLAlchemyError:
        return True


def memory_of_family() -> int:
    """Bytes of RAM of this process and its children."""
    own = psutil.Process()
    total = 0
    for each in (own, *own.children(recursive=True)):
        try:
            total += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _tell(kind: str, told: dict[str, Any]) -> None:
    key = f"{kind}:{told['id']}"
    while True:
        body = {**told, "seen_at": now().isoformat(), "memory_bytes": memory_of_family()}
        try:
            redis.set(key, json.dumps(body), ex=LIFE_SECONDS)
        except RedisError:
            # Redis may be away; the next round tells again.
            time.sleep(TELL_SECONDS)
            continue
        time.sleep(TELL_SECONDS)
