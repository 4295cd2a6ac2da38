"""Where somebody goes after signing in: only to a page of our own website.

The text comes from a link that anybody may have written. It is not cleaned but matched: whatever is
not plainly one of our own paths is left out. What browsers make of odd text (backslashes, tabs,
`//host`, encoded forms of these) need not be known then.
"""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

LONGEST: Final = 500
# Segments of plain letters, without an empty one and without percent signs; then perhaps a query.
_PATH: Final = re.compile(
    r"/|(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?(?:\?(?:[A-Za-z0-9._~=&+:,-]|%[0-9A-Fa-f]{2})*)?"
)


def read_next_path(text: str | None) -> str | None:
    """The path, or None for whatever is no path of a page of ours."""
    if not text or len(text) > LONGEST or not _PATH.fullmatch(text):
        return None
    # A path of the API is no page, and could be the very address that leads here again.
    if text == "/api" or text.startswith(("/api/", "/api?")):
        return None
    try:
        plain = unquote(text, errors="strict")
    except UnicodeDecodeError:
        return None
    if any(unicodedata.category(letter).startswith("C") for letter in plain):
        return None
    return text
