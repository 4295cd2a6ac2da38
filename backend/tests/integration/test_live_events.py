"""`GET /api/events` over a real connection: opening, resuming, ending, many at the same time."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.factories import media
from tests.homes import free_port
from tests.integration.conftest import start_gateway
from tests.integration.processes import Caller, Child, Events
from ultra.kit import live
from ultra.kit.redis import redis


@pytest.fixture(scope="module")
def gateway(empty_stores: Callable[[], None]) -> Iterator[tuple[int, Child]]:
    empty_stores()
    port = free_port()
    with ExitStack() as stack:
        yield port, start_gateway(stack, port)


@pytest.fixture
def caller(gateway: tuple[int, Child]) -> Caller:
    return Caller.signed_up(gateway[0])


def upload(caller: Caller) -> str:
    content = media.clip().read_bytes()
    answer = caller.send_form([content], len(content))
    assert answer.status == 202
    return str(answer.json["id"])


def test_says_hello_and_tells_what_happens(caller: Caller) -> None:
    with Events(caller) as events:
        assert events.response.headers["Content-Type"].startswith("text/event-stream")
        hello = events.next()
        assert hello
        assert (hello["event"], hello["data"]) == ("hello", "{}")
        video_id = upload(caller)
        created = events.next()
        assert created
        assert created["event"] == "video.created"
        assert video_id in created["data"]


def test_a_page_that_was_away_gets_what_it_missed(caller: Caller) -> None:
    with Events(caller) as events:
        events.next()
        first = upload(caller)
        seen = events.next()
        assert seen
        assert first in seen["data"]
    second = upload(caller)
    with Events(caller, last_event_id=seen["id"]) as events:
        hello, missed = events.next(), events.next()
    assert hello
    assert missed
    assert hello["event"] == "hello"
    assert (missed["event"], second in missed["data"]) == ("video.created", True)


def test_a_page_that_was_made_before_gets_what_it_missed(caller: Caller) -> None:
    made = caller.call("GET", "/api/auth/me").json["news_id"]
    first, second = upload(caller), upload(caller)
    address = f"/api/events?after={made}"
    with Events(caller, path=address) as events:
        hello, missed = events.next(), events.next()
    assert hello
    assert missed
    assert (hello["event"], first in missed["data"]) == ("hello", True)
    # A browser that reconnects by itself repeats the address, and knows more than that says.
    with Events(caller, last_event_id=missed["id"], path=address) as events:
        told = [events.next() for _ in range(2)]
        while told[-1] and "video.created" not in told[-1]["event"]:
            told.append(events.next())
    assert told[-1]
    assert second in told[-1]["data"]


@pytest.mark.parametrize("last_seen", ["1-1", "nonsense"])
def test_a_page_that_was_away_too_long_is_told_to_reload(caller: Caller, last_seen: str) -> None:
    upload(caller)
    with Events(caller, last_event_id=last_seen) as events:
        first = events.next()
    assert first
    assert first["event"] == "reset"


def test_a_page_is_told_to_reload_when_redis_lost_everything(caller: Caller) -> None:
    person = caller.call("GET", "/api/auth/me").json["user"]["id"]
    upload(caller)
    with Events(caller) as events:
        hello = events.next()
    assert hello
    redis.delete(live.stream_of(person))
    with Events(caller, last_event_id=hello["id"]) as events:
        first = events.next()
    assert first
    assert first["event"] == "reset"


def test_each_person_hears_of_their_own(caller: Caller, gateway: tuple[int, Child]) -> None:
    other = Caller.signed_up(gateway[0])
    with Events(caller) as mine, Events(other) as theirs:
        assert mine.next()
        assert theirs.next()
        upload(other)
        own = upload(caller)
        told = mine.next()
        assert told
        assert own in told["data"]


def test_ends_with_the_session(caller: Caller) -> None:
    with Events(caller) as events:
        assert events.next()
        session_id = caller.call("GET", "/api/auth/me").json["session_id"]
        assert caller.call("DELETE", f"/api/auth/sessions/{session_id}").status == 204
        assert events.next() is None


def test_a_stranger_hears_nothing(gateway: tuple[int, Child]) -> None:
    assert Caller(gateway[0]).call("GET", "/api/events").status == 401


def test_two_hundred_idle_pages_hold_nobody_up(caller: Caller, gateway: tuple[int, Child]) -> None:
    with ExitStack() as stack:
        pages = [stack.enter_context(Events(caller)) for _ in range(200)]
        for page in pages:
            hello = page.next()
            assert hello
            assert hello["event"] == "hello"
        began = time.monotonic()
        for _ in range(30):
            assert caller.call("GET", "/api/auth/me").status == 200
        # Far more pages than threads: would each hold one, nothing came back at all.
        assert time.monotonic() - began < 10
        video_id = upload(caller)
        for page in pages:
            told = page.next()
            assert told, gateway[1].log()[-2000:]
            assert video_id in told["data"]
