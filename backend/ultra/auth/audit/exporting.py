"""Writes the audit log as a file, line by line: CSV for spreadsheets, JSON lines for programs.

A spreadsheet runs a cell that begins like a formula, and what stands in the log is written by
anybody who comes along: such cells get an apostrophe in front, which spreadsheets do not show. JSON
lines hold everything unchanged, with both hashes, so that the chain can be checked elsewhere.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ultra.auth.audit.chain import FIELDS, plain_value
from ultra.auth.audit.repository import Named

COLUMNS: Final = (
    "position",
    "at",
    "user_email",
    "user_name",
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
# Also as full-width letters, which some programs read alike; and after blanks that they skip.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NEVER_FORMULAS: Final = ("position", "at")
BYTE_ORDER_MARK: Final = "\ufeff"


def write_csv(found: Iterable[Named]) -> Iterator[str]:
    """With a header, CRLF, and a mark by which spreadsheets know that it is UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    yield BYTE_ORDER_MARK + _take(buffer)
    for named in found:
        writer.writerow([_cell(named, name) for name in COLUMNS])
        yield _take(buffer)


def write_json_lines(found: Iterable[Named]) -> Iterator[str]:
    """The fields that the hash is made of, in their order (see `chain`), and the hashes."""
    for named in found:
        entry = named.entry
        line: dict[str, Any] = {name: plain_value(getattr(entry, name)) for name in FIELDS}
        line |= {
            "user_name": named.user_name,
            "user_email": named.user_email,
            "previous_hash": entry.previous_hash.hex(),
            "hash": entry.hash.hex(),
        }
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def _cell(named: Named, name: str) -> str:
    value = getattr(named if name in ("user_name", "user_email") else named.entry, name)
    if value is None:
        return ""
    if name == "facts":
        text = json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    else:
        text = str(plain_value(value))
    if name not in NEVER_FORMULAS and text.lstrip(" \u00a0").startswith(FORMULA_STARTS):
        return f"'{text}"
    return text


def _take(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
