"""`GET /api/events`: live news for one open page, as server-sent events.

Flask checks the caller like for any request and answers the headers; the stream itself runs on the
server's event loop (see `bridge`), so an idle page holds no thread.
"""

import asyncio
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
    """Who listens from which workspace, and the last event that the page has seen."""

    user_id: UUID
    session_id: UUID
    workspace_id: UUID
    last_seen: str | None


def set_up(app: Flask) -> None:
    openapi.add(app, "/api/events", events, access=Scope.ACCOUNT)


def events() -> Response:
    """Check the caller; the bridge finds the listener in the environment and goes on."""
    refuse_other_sites_readers()
    actor = current_actor()
    # One's own account, but the news are of what happens in the workspace.
    refuse_without_second_factor(actor)
    # A browser that comes back by itself repeats the address, and knows better than that.
    last_seen = request.headers.get("Last-Event-ID") or request.args.get("after")
    request.environ[LIVE] = Listener(
        actor.user_id, actor.own_session_id, actor.workspace_id, last_seen
    )
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
        """Events of one person from where the page left off, as lines of text/event-stream.

        The session is looked at each time before something is told, however fast the news come: it
        may have ended, be kept out, or stand in another workspace than the page does.
        """
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
                entries = await self._redis.xrange(key, min=f"({last}")
                workspace_id = await _find_workspace(listener)
                if workspace_id is None:
                    return
                for entry_id, entry in entries:
                    last = entry_id
                    if _concerns(entry, listener, workspace_id):
                        yield _event(entry["event"], entry_id, entry["data"])
                try:
                    await asyncio.wait_for(grown.wait(), settings.gateway.live_pulse_seconds)
                except TimeoutError:
                    yield ": still here\n\n"
        except RedisError as error:
            # The page reconnects by itself, with the id of the last event that it saw.
            log.warning("live.interrupted", error=str(error)[:200])
        finally:
            self._waiting[person].discard(grown)
            if not self._waiting[person]:
                del self._waiting[person]

    async def close(self) -> None:
        """Let go of Redis; a process that ends does so by itself."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        await self._redis.aclose()

    async def _begin(self, key: str, last_seen: str | None) -> tuple[str, str]:
        """Where to read on, and the first event: `hello`, or `reset` after a long gap."""
        newest = await self._redis.xrevrange(key, count=1)
        end = newest[0][0] if newest else news.NOTHING
        if last_seen is None:
            return end, _event("hello", end)
        if not await self._knows_all_since(key, last_seen):
            return end, _event("reset", end)
        return last_seen, _event("hello", last_seen)

    async def _knows_all_since(self, key: str, last_seen: str) -> bool:
        if last_seen == news.NOTHING:
            # Whatever is there came since, unless so much came that some was let go.
            return bool(await self._redis.xlen(key) < news.KEPT)
        oldest = await self._redis.xrange(key, count=1)
        return (
            _is_entry_id(last_seen) and bool(oldest) and _number(oldest[0][0]) <= _number(last_seen)
        )

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


async def _find_workspace(listener: Listener) -> UUID | None:
    """Where the listener's session is now; None when there is nothing to hear for it any more."""
    try:
        return await asyncio.to_thread(auth.check_session, listener.session_id)
    except (NotSignedIn, SecondFactorRequired):
        return None


def _concerns(entry: dict[str, str], listener: Listener, workspace_id: UUID) -> bool:
    """Whether it is of the person themselves, or of the workspace that page and session are in.

    A page whose session has moved on in another tab hears nothing of either workspace: it still
    shows the one, and may read the other only.
    """
    told_of = entry.get("workspace_id")
    return told_of is None or told_of == str(listener.workspace_id) == str(workspace_id)


def _event(name: str, entry_id: str, data: str = "{}") -> str:
    return f"id: {entry_id}\nevent: {name}\ndata: {data}\n\n"


def _is_entry_id(text: str) -> bool:
    first, _, second = text.partition("-")
    return first.isdigit() and second.isdigit() and len(text) < 40


def _number(entry_id: str) -> tuple[int, int]:
    first, _, second = entry_id.partition("-")
    return int(first), int(second)
