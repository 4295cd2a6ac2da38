"""Identifiers: UUIDs of version 7, so that rows made later sort later and indexes stay compact."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562 §5.7), whose next 12 bits are the millisecond's fraction (§6.2, method 3).

    Two made one after the other nearly always sort so, also within one millisecond.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    random = secrets.randbits(62)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)
