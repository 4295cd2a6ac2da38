"""Limits on our Redis: exact across threads, sliding, told by name, safe when Redis is away."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import ValidationError
from redis import Redis

from ultra.kit import limits
from ultra.kit.errors import TooMany, Unavailable
from ultra.kit.redis import redis
from ultra.settings import Limits, settings

ADDRESS = "192.0.2.7"


@pytest.fixture
def few(stores: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.limits, "login_account", "3/minute")
    monkeypatch.setattr(settings.limits, "api", "3/minute")


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Limits whose server is not there; what the process counts by itself begins anew."""
    lost = Redis.from_url("unix:///nowhere/redis.sock")
    with monkeypatch.context() as patch:
        patch.setattr(limits, "redis", lost)
        limits._shared.cache_clear()
        limits._own.cache_clear()
        yield
    limits._shared.cache_clear()
    lost.close()


def test_the_hit_after_the_last_is_refused_and_told_when_to_come_back(few: None) -> None:
    for _ in range(3):
        limits.check("login_account", "ada@example.test")
    with pytest.raises(TooMany) as refused:
        limits.check("login_account", "ada@example.test")
    assert 1 <= refused.value.facts["seconds"] <= 60
    assert refused.value.headers["Retry-After"] == str(refused.value.facts["seconds"])


def test_others_and_other_buckets_are_counted_apart(few: None) -> None:
    for _ in range(3):
        limits.check("login_account", "ada@example.test")
    limits.check("login_account", "grace@example.test")
    limits.check("api", "ada@example.test")
    # Parts are not run together: ("a", "bc") is nobody else's ("ab", "c").
    for parts in (("a", "bc"), ("ab", "c"), ("abc",)):
        for _ in range(3):
            limits.check("login_account", *parts)


def test_it_tells_what_is_left(few: None) -> None:
    found = [limits.count("api", ADDRESS) for _ in range(4)]
    assert [each.remaining for each in found] == [2, 1, 0, 0]
    assert [each.is_within for each in found] == [True, True, True, False]
    assert {(each.bucket, each.limit, each.window_seconds) for each in found} == {("api", 3, 60)}


def test_refused_hits_do_not_prolong_the_wait(
    stores: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.limits, "api", "2/2 seconds")
    limits.check("api", ADDRESS)
    limits.check("api", ADDRESS)
    until = time.monotonic() + 6
    while time.monotonic() < until:
        try:
            limits.check("api", ADDRESS)
        except TooMany:
            time.sleep(0.05)
        else:
            break
    else:
        pytest.fail("whoever goes on knocking is never let in again")


def test_forget_begins_anew(few: None) -> None:
    for _ in range(3):
        limits.check("login_account", "ada@example.test")
    limits.forget("login_account", "ada@example.test")
    limits.check("login_account", "ada@example.test")


def test_many_threads_at_once_get_exactly_the_rate(
    stores: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.limits, "api", "10/hour")
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda _: limits.count("api", ADDRESS).is_within, range(80)))
    assert found.count(True) == 10


def test_redis_holds_short_keys_that_name_nobody_and_vanish(few: None) -> None:
    limits.check("login_account", "ada@example.test", ADDRESS)
    keys = list(redis.scan_iter("lim:*"))
    assert len(keys) == 1
    assert "ada" not in keys[0]
    assert ADDRESS not in keys[0]
    assert len(keys[0]) < 60
    assert 0 < redis.ttl(keys[0]) <= 120


def test_without_redis_what_guards_a_secret_is_refused(few: None, no_redis: None) -> None:
    with pytest.raises(Unavailable):
        limits.check("login_account", "ada@example.test")
    # Whoever signed in must not be stopped by the clearing up afterwards.
    limits.forget("login_account", "ada@example.test")


def test_without_redis_plain_requests_are_counted_by_the_process(few: None, no_redis: None) -> None:
    for _ in range(3):
        limits.check("api", ADDRESS)
    with pytest.raises(TooMany):
        limits.check("api", ADDRESS)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_one_customer_is_one_network(address: str | None, network: str) -> None:
    assert limits.network_of(address) == network


def test_a_rate_that_cannot_be_read_stops_the_start() -> None:
    with pytest.raises(ValidationError):
        Limits(registration="often")
    with pytest.raises(AttributeError):
        limits.check("no_such_bucket", ADDRESS)
