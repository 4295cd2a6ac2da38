"""Live news for open pages: a capped Redis stream per person, so that a page can resume.

Lost news are no harm: a page that reloads reads the truth from the API.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from ultra.kit.db import after_commit
from ultra.kit.log import get_logger
from ultra.kit.redis import redis

log = get_logger()

KEPT = 500
KEPT_SECONDS = 3600
CHANNEL = "live"
"""Pub/Sub channel that says whose stream has grown."""
NOTHING = "0-0"
"""In place of the newest news where there are none; every id is greater."""


def stream_of(user_id: UUID | str) -> str:
    return f"live:{user_id}"


def newest_id(user_id: UUID) -> str | None:
    """A person's newest news: a page that is made now asks for all that come after.

    None while Redis cannot be asked.
    """
    try:
        newest: Any = redis.xrevrange(stream_of(user_id), count=1)
    except RedisError as error:
        log.warning("live.not_read", error=str(error)[:200])
        return None
    return str(newest[0][0]) if newest else NOTHING


def tell(
    session: Session,
    user_ids: Iterable[UUID],
    event: str,
    data: dict[str, Any],
    *,
    workspace_id: UUID | None,
) -> None:
    """Send news to people's open pages after this transaction has committed.

    What happens in a workspace is told to pages that stand in it; None for what concerns the people
    themselves, wherever they are.
    """
    people = [str(user_id) for user_id in user_ids]
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # As redis-py types it.
    entry: dict[Any, Any] = {"event": event, "data": body}
    if workspace_id is not None:
        entry["workspace_id"] = str(workspace_id)

    def publish() -> None:
        try:
            pipe = redis.pipeline(transaction=False)
            for person in people:
                key = stream_of(person)
                pipe.xadd(key, entry, maxlen=KEPT, approximate=True)
                pipe.expire(key, KEPT_SECONDS)
                pipe.publish(CHANNEL, person)
            pipe.execute()
        except RedisError as error:
            log.warning("live.not_sent", event_name=event, error=str(error)[:200])

    after_commit(session, publish)
