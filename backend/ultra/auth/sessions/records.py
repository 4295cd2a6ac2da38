"""Session records in Redis: how every request learns, in one round trip, that its session lives.

PostgreSQL holds the truth. A record that Redis lost is rebuilt from there, and while Redis is away
PostgreSQL answers itself. A session that was ended leaves a mark in place of its record: a rebuild
that was under way at that moment must not bring it back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from redis.exceptions import RedisError

from ultra.auth.sessions.errors import SessionEnded
from ultra.kit.errors import Unavailable
from ultra.kit.log import get_logger
from ultra.kit.redis import redis
from ultra.kit.roles import Role
from ultra.settings import settings

log = get_logger()

ENDED = "ended"
CHANGED = "changed"
CHANGED_SECONDS = 10
"""So long PostgreSQL answers itself: a rebuild that read before the change must not be kept."""
SEEN_SECONDS = 60
"""When a person was last seen is written at most this often."""


@dataclass(frozen=True)
class Record:
    """What a request needs to know of a living session."""

    user_id: UUID
    workspace_id: UUID
    role: Role
    is_operator: bool
    authenticated_at: datetime
    lacks_second_factor: bool


_record = TypeAdapter(Record)

KEEP = """
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[2]) then
  local found = redis.call('GET', KEYS[1])
  if found ~= ARGV[3] and found ~= ARGV[4] then
    redis.call('EXPIRE', KEYS[1], ARGV[2])
  end
end
"""
"""In one step: a mark that is set between two of them would live on as long as a record does."""
_keep = redis.register_script(KEEP)


@dataclass(frozen=True)
class Glance:
    """What Redis knows: None when it has no record, or cannot be asked."""

    record: Record | None
    is_seen_due: bool


def look(session_id: UUID) -> Glance:
    """Read the record. Raises SessionEnded when the session was ended."""
    pipe = redis.pipeline(transaction=False)
    pipe.get(_key(session_id))
    pipe.set(f"seen:{session_id}", "1", nx=True, ex=SEEN_SECONDS)
    try:
        found, is_first = pipe.execute()
    except RedisError as error:
        log.warning("session.redis_unreachable", error=str(error)[:200])
        return Glance(None, is_seen_due=False)
    if found == ENDED:
        raise SessionEnded
    record = _read(found) if found and found != CHANGED else None
    return Glance(record, bool(is_first))


def keep(session_id: UUID, record: Record, *, longest: timedelta) -> None:
    """Write the record if there is none, or let it live on. A mark stays, and ends at its time."""
    life = min(timedelta(hours=settings.auth.session_hours), longest)
    seconds = max(1, int(life.total_seconds()))
    body = _record.dump_json(record)
    try:
        _keep(keys=[_key(session_id)], args=[body, seconds, CHANGED, ENDED], client=redis)
    except RedisError as error:
        log.warning("session.not_kept", session_id=str(session_id), error=str(error)[:200])


def mark_changed(session_ids: list[UUID]) -> None:
    """What the records say holds no more: the next request reads it anew. Raises RedisError."""
    pipe = redis.pipeline(transaction=False)
    for session_id in session_ids:
        # A session that was ended is not brought back: the rebuild asks PostgreSQL.
        pipe.set(_key(session_id), CHANGED, ex=CHANGED_SECONDS)
    pipe.execute()


def mark_ended(session_ids: list[UUID]) -> None:
    """From now on these sessions' access tokens are refused. Raises Unavailable.

    Somebody who ends a session is told when that could not be done at once, because then its access
    token may work for minutes.
    """
    pipe = redis.pipeline(transaction=False)
    for session_id in session_ids:
        pipe.set(_key(session_id), ENDED, ex=marked_for())
    try:
        pipe.execute()
    except RedisError as error:
        log.exception("session.end_not_marked")
        raise Unavailable from error


def marked_for() -> timedelta:
    """How long an ended session is marked: longer than any access token of it lives."""
    return timedelta(minutes=settings.auth.access_minutes, seconds=120)


def _key(session_id: UUID) -> str:
    return f"sess:{session_id}"


def _read(body: str) -> Record | None:
    try:
        return _record.validate_json(body)
    except ValidationError:
        # Of an older version of the product, which knew less.
        return None
