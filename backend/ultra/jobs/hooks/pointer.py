"""JSON Pointer (RFC 6901): a path to one value inside a JSON document."""

import re
from typing import Any, Final

_SYNTAX: Final = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


class LeadsNowhere(LookupError):
    """The document has nothing at this place."""


def is_pointer(text: str) -> bool:
    return _SYNTAX.fullmatch(text) is not None


def follow(document: Any, pointer: str) -> Any:
    """The value at this place; the whole document for an empty pointer. Raises LeadsNowhere."""
    value = document
    for part in pointer.split("/")[1:]:
        # In this order: ~01 stands for ~1, not for a slash.
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and _INDEX.fullmatch(name) and int(name) < len(value):
            value = value[int(name)]
        else:
            raise LeadsNowhere(pointer)
    return value
