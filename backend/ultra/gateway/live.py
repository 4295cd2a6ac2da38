"""`GET /api/events`: live news for one open page, as server-sent events.

Flask checks the caller like for any request and answers the headers; the stream itself runs on the
server's event loop (see `bridge`), so an idle page holds no thread.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, Response, request
from redis.exceptions import RedisError

from ultra.auth import public as auth
from ultra.gateway import openapi
from ultra.gateway.origins import refuse_other_sites_readers
from ultra.kit import live as news
from ultra.kit.access import (
    Scope,
    SecondFactorRequired,
    current_actor,
    refuse_without_second_factor,
)
from ultra.kit.errors import NotSignedIn
from ultra.kit.log import get_logger
from ultra.kit.redis import make_async_redis
from ultra.settings import settings

log = get_logger()

LIVE = "ultra.live"


@dataclass(frozen=True)
class Listener:
    """Who listens, and the last event that the page has seen."""

    user_id: UUID
    session_id: UUID
    last_seen: str | None


def set_up(app: Flask) -> None:
    openapi.add(app, "/api/events", events, access=Scope.ACCOUNT)


def events() -> Response:
    """Check the caller; the bridge finds the listener in the environment and goes on."""
    refuse_other_sites_readers()
    actor = current_actor()
    # One's own account, but the news are of what happens in the workspace.
    refuse_without_second_factor(actor)
    last_seen = request.headers.get("Last-Event-ID")
    request.environ[LIVE] = Listener(actor.user_id, actor.own_session_id, last_seen)
    return Response(
        status=200,
        mimetype="text/event-stream",
        # no-transform keeps a compressing proxy from holding events back.
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )


class Hub:
    """One Redis subscription of this process, shared by all of its listeners."""

    def __init__(self) -> None:
        # redis-py types every answer as bytes or text or nothing; with decode_responses it is text.
        self._redis: Any = make_async_redis()
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._task: asyncio.Task[None] | None = None

    async def stream(self, listener: Listener) -> AsyncGenerator[str]:
        """Events of one person from where the page left off, as lines of text/event-stream."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        person, key = str(listener.user_id), news.stream_of(listener.user_id)
        grown = asyncio.Event()
        self._waiting.setdefault(person, set()).add(grown)
        try:
            last, opening = await self._begin(key, listener.last_seen)
            yield opening
            while True:
                grown.clear()
                for entry_id, entry in await self._redis.xrange(key, min=f"({last}"):
                    last = entry_id
                    yield f"id: {entry_id}\nevent: {entry['event']}\ndata: {entry['data']}\n\n"
                try:
                    await asyncio.wait_for(grown.wait(), settings.gateway.live_pulse_seconds)
                except TimeoutError:
                    if not await _is_alive(listener):
                        return
                    yield ": still here\n\n"
        except RedisError as error:
            # The page reconnects by itself, with the id of the last event that it saw.
            log.warning("live.interrupted", error=str(error)[:200])
        finally:
            self._waiting[person].discard(grown)
            if not self._waiting[person]:
                del self._waiting[person]

    async def _begin(self, key: str, last_seen: str | None) -> tuple[str, str]:
        """Where to read on, and the first event: `hello`, or `reset` after a long gap."""
        newest = await self._redis.xrevrange(key, count=1)
        end = newest[0][0] if newest else "0-0"
        if last_seen is None:
            return end, _event("hello", end)
        oldest = await self._redis.xrange(key, count=1)
        if not _is_entry_id(last_seen) or not oldest or _number(oldest[0][0]) > _number(last_seen):
            return end, _event("reset", end)
        return last_seen, _event("hello", last_seen)

    async def _watch(self) -> None:
        """Wake the listeners of whoever got news; after a fault, wake everybody to look."""
        while True:
            with suppress(RedisError, OSError):
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(news.CHANNEL)
                    self._wake(list(self._waiting))
                    while True:
                        message = await subscription.get_message(
                            ignore_subscribe_messages=True, timeout=10
                        )
                        if message is not None:
                            self._wake([message["data"]])
            await asyncio.sleep(1)

    def _wake(self, people: list[str]) -> None:
        for person in people:
            for grown in self._waiting.get(person, ()):
                grown.set()


async def _is_alive(listener: Listener) -> bool:
    try:
        await asyncio.to_thread(auth.check_session, listener.session_id)
    except (NotSignedIn, SecondFactorRequired):
        return False
    return True


def _event(name: str, entry_id: str) -> str:
    return f"id: {entry_id}\nevent: {name}\ndata: {json.dumps({})}\n\n"


def _is_entry_id(text: str) -> bool:
    first, _, second = text.partition("-")
    return first.isdigit() and second.isdigit() and len(text) < 40


def _number(entry_id: str) -> tuple[int, int]:
    first, _, second = entry_id.partition("-")
    return int(first), int(second)
