"""How often something may be done: counted in Redis for all processes together.

A bucket is a kind of thing (`login_account`), with its rate in `settings.limits`; its parts say
whose (an account, an address). The window slides: nobody gets twice the rate around its edge.
Without Redis everything that guards a secret is refused; plain requests are counted by each process
for itself.
"""

import hashlib
import ipaddress
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from math import ceil

from flask import g, has_request_context
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import RateLimiter, SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from ultra.kit.errors import TooMany, Unavailable
from ultra.kit.log import get_logger
from ultra.kit.redis import redis
from ultra.settings import settings

log = get_logger()

PREFIX = "lim"
OPEN_WITHOUT_REDIS = frozenset({"api", "session"})
"""They guard the machine, not a secret: losing count across processes harms nobody."""


@dataclass(frozen=True)
class Allowance:
    """What a caller may still do, after one hit was counted."""

    bucket: str
    limit: int
    window_seconds: int
    remaining: int
    reset_seconds: int
    """Until when there is room for at least one more."""
    is_within: bool


def check(bucket: str, *parts: str) -> None:
    """Count one hit. Raises TooMany when there were too many; Unavailable without Redis."""
    allowance = count(bucket, *parts)
    if has_request_context():
        # The answer's RateLimit headers tell of the scarcest (gateway.limits).
        g.allowances = [*g.get("allowances", []), allowance]
    if not allowance.is_within:
        raise TooMany(seconds=allowance.reset_seconds)


def count(bucket: str, *parts: str) -> Allowance:
    """Count one hit, and say how things stand. Raises Unavailable without Redis."""
    item, key = _item(getattr(settings.limits, bucket), bucket), _key(parts)
    try:
        return _hit(_shared(), item, key)
    except RedisError as error:
        log.warning("limits.redis_unreachable", bucket=bucket, error=str(error)[:200])
        if bucket not in OPEN_WITHOUT_REDIS:
            raise Unavailable from error
        return _hit(_own(), item, key)


def forget(bucket: str, *parts: str) -> None:
    """Begin anew: whoever proved to be the right one pays no more for the tries before."""
    item = _item(getattr(settings.limits, bucket), bucket)
    try:
        _shared().clear(item, _key(parts))
    except RedisError as error:
        log.warning("limits.not_forgotten", bucket=bucket, error=str(error)[:200])


def network_of(address: str | None) -> str:
    """Whom an address stands for: with IPv6 one customer has a /64, and may use all of it."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _hit(limiter: RateLimiter, item: RateLimitItem, key: str) -> Allowance:
    is_within = limiter.hit(item, key)
    stats = limiter.get_window_stats(item, key)
    return Allowance(
        bucket=item.namespace,
        limit=item.amount,
        window_seconds=item.get_expiry(),
        remaining=stats.remaining if is_within else 0,
        reset_seconds=max(1, ceil(stats.reset_time - time.time())),
        is_within=is_within,
    )


def _key(parts: tuple[str, ...]) -> str:
    # Short, and neither addresses nor names of people lie in Redis.
    found = hashlib.sha256("\0".join(parts).encode()).digest()
    return urlsafe_b64encode(found[:12]).decode()


@cache
def _item(rate: str, bucket: str) -> RateLimitItem:
    parsed = parse(rate)
    return type(parsed)(parsed.amount, parsed.multiples, namespace=bucket)


@cache
def _shared() -> RateLimiter:
    storage = RedisStorage(
        settings.redis_address, connection_pool=redis.connection_pool, key_prefix=PREFIX
    )
    return SlidingWindowCounterRateLimiter(storage)


@cache
def _own() -> RateLimiter:
    return SlidingWindowCounterRateLimiter(MemoryStorage())
