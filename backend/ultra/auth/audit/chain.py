"""How an entry is hashed, written down here so that an exported log can be checked by anybody.

hash = SHA-256(previous hash, then the entry's fields as one JSON array: UTF-8, no spaces, keys in
order, times in UTC with microseconds). The first entry's previous hash is empty.
"""

import hashlib
import json
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from ultra.auth.audit.models import Entry
from ultra.kit.log import SECRET_WORDS

FIELDS: Final = (
    "id",
    "chain",
    "position",
    "at",
    "user_id",
    "key_id",
    "action",
    "object_type",
    "object_id",
    "outcome",
    "ip",
    "user_agent",
    "request_id",
    "facts",
)
LONGEST: Final = 2000


def hash_of(entry: Entry, previous_hash: bytes) -> bytes:
    """The hash that this entry has after that one."""
    values = [plain_value(getattr(entry, name)) for name in FIELDS]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(previous_hash + text.encode()).digest()


def plain_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as they are stored: without secrets, and of types that come back as they went in."""
    return {name: _mask(name, value) for name, value in facts.items()}


def _mask(name: str, value: Any) -> Any:
    if any(word in name.lower() for word in SECRET_WORDS):
        return "***"
    if isinstance(value, dict):
        return {str(key): _mask(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_mask("", inner) for inner in value]
    return plain_value(value)


def plain_value(value: Any) -> Any:
    """A value as it is hashed and exported."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | dict | list):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    # Also numbers with a fraction, which the database might write in another way. Lone surrogates
    # and NUL are what its text cannot hold.
    text = str(value).replace("\0", "").encode(errors="replace").decode()
    return text[:LONGEST]
