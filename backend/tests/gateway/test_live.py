"""What an open page hears: its own workspace's news, for as long as its session may."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.auth.factors.people import add_passkey
from tests.factories.auth import SignedUp, as_browser, sign_up
from ultra.auth.workspaces.models import Membership
from ultra.gateway.live import Hub, Listener
from ultra.kit import live
from ultra.kit.db import transaction
from ultra.kit.redis import redis
from ultra.kit.roles import Role
from ultra.settings import settings

PATIENCE = 5
Stream = AsyncGenerator[str]


class Page:
    """One person in two workspaces, whose page stands in the first."""

    def __init__(self, browser: FlaskClient, person: SignedUp) -> None:
        self.browser = browser
        self.user_id = person.user_id
        self.here = person.workspace_id
        made = browser.post("/api/workspaces", json={"name": "Öteki"})
        assert made.status_code == 201, made.text
        self.there = UUID(made.get_json()["id"])
        self.me = browser.get("/api/auth/me").get_json()

    def listener(self, last_seen: str | None = None) -> Listener:
        return Listener(self.user_id, UUID(self.me["session_id"]), self.here, last_seen)

    def tell(self, event: str, workspace_id: UUID | None) -> None:
        with transaction() as session:
            live.tell(session, [self.user_id], event, {}, workspace_id=workspace_id)

    def move_to(self, workspace_id: UUID) -> None:
        assert self.browser.post(f"/api/workspaces/{workspace_id}/switch").status_code == 200


@pytest.fixture
def reader(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Page:
    # So long that no silence is noticed while a test runs.
    monkeypatch.setattr(settings.gateway, "live_pulse_seconds", 60)
    return Page(client, sign_up(client))


def listen(
    reader: Page, script: Callable[[Stream], Awaitable[Any]], last: str | None = None
) -> Any:
    """Run what a test does with a stream that has just been opened."""

    async def run() -> Any:
        hub = Hub()
        stream = hub.stream(reader.listener(last))
        try:
            return await asyncio.wait_for(script(stream), PATIENCE)
        finally:
            await stream.aclose()
            await hub.close()

    return asyncio.run(run())


async def following(stream: Stream) -> str | None:
    """The name of the next event; None when the stream has ended."""
    text = await anext(stream, None)
    return None if text is None else text.split("event: ")[1].split("\n")[0]


class TestWorkspaces:
    def test_hears_of_its_own_and_of_the_person(self, reader: Page) -> None:
        async def script(stream: Stream) -> list[str | None]:
            first = await following(stream)
            reader.tell("video.created", reader.there)
            reader.tell("video.updated", reader.here)
            reader.tell("me.changed", None)
            return [first, await following(stream), await following(stream)]

        assert listen(reader, script) == ["hello", "video.updated", "me.changed"]

    def test_a_page_that_was_left_behind_hears_of_neither(self, reader: Page) -> None:
        async def script(stream: Stream) -> str | None:
            await following(stream)
            reader.tell("video.updated", reader.here)
            assert await following(stream) == "video.updated"
            reader.move_to(reader.there)
            reader.tell("video.created", reader.there)
            reader.tell("video.deleted", reader.here)
            reader.tell("notification.created", None)
            return await following(stream)

        assert listen(reader, script) == "notification.created"

    def test_nor_when_it_was_away(self, reader: Page) -> None:
        reader.tell("video.created", reader.there)
        reader.tell("video.updated", reader.here)

        async def script(stream: Stream) -> list[str | None]:
            return [await following(stream), await following(stream)]

        assert listen(reader, script, live.NOTHING) == ["hello", "video.updated"]

    def test_whom_the_workspace_keeps_out_hears_nothing_more(
        self, reader: Page, app: Flask, client: FlaskClient
    ) -> None:
        owner = as_browser(app)
        strict = sign_up(owner).workspace_id
        with transaction() as session:
            session.add(Membership(workspace_id=strict, user_id=reader.user_id, role=Role.EDITOR))
        reader.move_to(strict)
        reader.here = strict

        async def script(stream: Stream) -> str | None:
            await following(stream)
            add_passkey(owner)
            body = {"is_required": True}
            answer = owner.put("/api/workspaces/current/second-factor", json=body)
            assert answer.status_code == 200, answer.text
            reader.tell("video.created", strict)
            return await following(stream)

        assert listen(reader, script) is None


def test_an_ended_session_hears_nothing_more_while_news_flow(reader: Page) -> None:
    async def script(stream: Stream) -> str | None:
        await following(stream)
        reader.tell("job.changed", reader.here)
        assert await following(stream) == "job.changed"
        assert (
            reader.browser.delete(f"/api/auth/sessions/{reader.me['session_id']}").status_code
            == 204
        )
        reader.tell("job.changed", reader.here)
        return await following(stream)

    assert listen(reader, script) is None


class TestPagesThatWereMadeBefore:
    """Between the reading of a page on the server and the opening of its stream things happen."""

    def hears_since(self, reader: Page, news_id: str) -> list[str | None]:
        async def script(stream: Stream) -> list[str | None]:
            return [await following(stream), await following(stream)]

        found: list[str | None] = listen(reader, script, news_id)
        return found

    def me(self, reader: Page) -> str:
        return str(reader.browser.get("/api/auth/me").get_json()["news_id"])

    def test_hear_what_came_since(self, reader: Page) -> None:
        reader.tell("video.created", reader.here)
        asked = self.me(reader)
        reader.tell("video.updated", reader.here)
        assert self.hears_since(reader, asked) == ["hello", "video.updated"]

    def test_also_when_there_had_been_nothing(self, reader: Page) -> None:
        redis.delete(live.stream_of(reader.user_id))
        asked = self.me(reader)
        assert asked == live.NOTHING
        reader.tell("video.updated", reader.here)
        assert self.hears_since(reader, asked) == ["hello", "video.updated"]

    def test_are_made_anew_when_too_much_came(self, reader: Page) -> None:
        redis.delete(live.stream_of(reader.user_id))
        asked = self.me(reader)
        with transaction() as session:
            for _ in range(live.KEPT + 200):
                live.tell(session, [reader.user_id], "job.changed", {}, workspace_id=reader.here)
        listened = listen(reader, following, asked)
        assert listened == "reset"
