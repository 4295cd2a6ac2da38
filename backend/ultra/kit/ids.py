"""Identifiers: UUIDs of version 7, so that rows made later sort later and indexes stay compact."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUIDv7 as RFC 9562 §5.7 lays it out: 48 bits of milliseconds, then 74 random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
