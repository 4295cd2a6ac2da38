"""News for open pages: one capped stream per person, written after the commit."""

import json
from uuid import UUID

import pytest

from ultra.kit import live
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.redis import redis

pytestmark = pytest.mark.usefixtures("stores")


def news_of(person: UUID) -> list[tuple[str, dict[str, str]]]:
    entries = redis.xrange(live.stream_of(person))
    return [(entry["event"], json.loads(entry["data"])) for _, entry in entries]


def test_each_person_gets_the_news() -> None:
    first, second = new_id(), new_id()
    with transaction() as session:
        live.tell(session, [first, second], "video.updated", {"title": "Çay"}, workspace_id=None)
    assert news_of(first) == news_of(second) == [("video.updated", {"title": "Çay"})]


def test_what_happens_in_a_workspace_says_so_and_what_concerns_a_person_does_not() -> None:
    person, workspace = new_id(), new_id()
    with transaction() as session:
        live.tell(session, [person], "video.updated", {}, workspace_id=workspace)
        live.tell(session, [person], "me.changed", {}, workspace_id=None)
    entries = redis.xrange(live.stream_of(person))
    assert [entry.get("workspace_id") for _, entry in entries] == [str(workspace), None]


def test_nothing_is_told_before_the_commit() -> None:
    person = new_id()
    with transaction() as session:
        live.tell(session, [person], "video.updated", {}, workspace_id=None)
        assert news_of(person) == []
    assert len(news_of(person)) == 1


def test_nothing_is_told_after_a_rollback() -> None:
    person = new_id()
    with pytest.raises(ValueError), transaction() as session:
        live.tell(session, [person], "video.updated", {}, workspace_id=None)
        raise ValueError
    assert news_of(person) == []


def test_the_newest_news_has_an_id() -> None:
    person = new_id()
    assert live.newest_id(person) == live.NOTHING
    for _ in range(2):
        with transaction() as session:
            live.tell(session, [person], "video.updated", {}, workspace_id=None)
    assert live.newest_id(person) == redis.xrange(live.stream_of(person))[-1][0]


def test_listeners_are_woken() -> None:
    person = new_id()
    with redis.pubsub() as subscription:
        subscription.subscribe(live.CHANNEL)
        subscription.get_message(timeout=2)
        with transaction() as session:
            live.tell(session, [person], "video.updated", {}, workspace_id=None)
        message = subscription.get_message(timeout=2)
    assert message
    assert message["data"] == str(person)


def test_a_stream_is_capped_and_goes_away() -> None:
    person = new_id()
    with transaction() as session:
        for number in range(live.KEPT + 300):
            live.tell(session, [person], "video.updated", {"number": number}, workspace_id=None)
    found = news_of(person)
    # Redis trims whole nodes of 100 entries.
    assert live.KEPT <= len(found) <= live.KEPT + 100
    assert found[-1][1] == {"number": live.KEPT + 299}
    assert 0 < redis.ttl(live.stream_of(person)) <= live.KEPT_SECONDS
