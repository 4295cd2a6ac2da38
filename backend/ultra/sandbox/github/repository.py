"""What the sandbox's GitHub remembers: codes, tokens, repositories, its limit, its calls."""

import hashlib
import secrets
import sqlite3
import time
from base64 import urlsafe_b64encode
from typing import Any, Final

from ultra.sandbox.github.documents import FIRST, RepositoryDocument

CODE_SECONDS: Final = 600
TOKEN_SECONDS: Final = 28_800
LIMIT: Final = 5000
LIMIT_SECONDS: Final = 3600


def add_code(connection: sqlite3.Connection, challenge: str, redirect_url: str) -> str:
    code = secrets.token_hex(10)
    connection.execute(
        "insert into github_codes values (?, ?, ?, ?)",
        (code, challenge, redirect_url, time.time() + CODE_SECONDS),
    )
    return code


def take_code(connection: sqlite3.Connection, code: str, verifier: str, redirect_url: str) -> bool:
    """Use a code up, rightly or not: nobody gets a second try."""
    row = connection.execute(
        "delete from github_codes where code = ? returning challenge, redirect_url, expires_at",
        (code,),
    ).fetchone()
    digest = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    return (
        row is not None
        and row["expires_at"] > time.time()
        and row["challenge"] == digest
        and row["redirect_url"] == redirect_url
    )


def add_tokens(connection: sqlite3.Connection) -> dict[str, Any]:
    access, refresh = f"ghu_{secrets.token_hex(18)}", f"ghr_{secrets.token_hex(38)}"
    connection.execute(
        "insert into github_tokens values (?, ?, ?)",
        (access, refresh, time.time() + TOKEN_SECONDS),
    )
    return {
        "access_token": access,
        "expires_in": TOKEN_SECONDS,
        "refresh_token": refresh,
        "refresh_token_expires_in": 15_897_600,
        "scope": "",
        "token_type": "bearer",
    }


def take_refresh_token(connection: sqlite3.Connection, refresh_token: str) -> bool:
    """Use it up, and its access token with it."""
    gone = connection.execute(
        "delete from github_tokens where refresh_token = ? returning access_token",
        (refresh_token,),
    )
    return gone.fetchone() is not None


def is_token(connection: sqlite3.Connection, access_token: str) -> bool:
    row = connection.execute(
        "select expires_at from github_tokens where access_token = ?", (access_token,)
    ).fetchone()
    return row is not None and row["expires_at"] > time.time()


def revoke_grant(connection: sqlite3.Connection, access_token: str) -> bool:
    """Take the grant back: one account has one, with all of its tokens."""
    is_known = revoke_token(connection, access_token)
    if is_known:
        connection.execute("delete from github_tokens")
    return is_known


def revoke_token(connection: sqlite3.Connection, access_token: str) -> bool:
    """Take back one token; the others of the same grant stay good."""
    gone = connection.execute(
        "delete from github_tokens where access_token = ? returning 1", (access_token,)
    )
    return gone.fetchone() is not None


def list_repositories(connection: sqlite3.Connection) -> list[RepositoryDocument]:
    rows = connection.execute("select document from github_repositories order by name").fetchall()
    if not rows:
        for document in FIRST:
            put_repository(connection, document)
        return list(FIRST)
    return [RepositoryDocument.model_validate_json(row["document"]) for row in rows]


def find_repository(connection: sqlite3.Connection, name: str) -> RepositoryDocument | None:
    found = [each for each in list_repositories(connection) if each.name.lower() == name.lower()]
    return found[0] if found else None


def put_repository(connection: sqlite3.Connection, document: RepositoryDocument) -> None:
    connection.execute(
        "insert or replace into github_repositories (name, document) values (?, ?)",
        (document.name, document.model_dump_json()),
    )


def is_counted(connection: sqlite3.Connection, name: str) -> bool:
    """Whether its statistics are there; asking has them made for the next time."""
    row = connection.execute(
        "select is_counted from github_repositories where name = ?", (name,)
    ).fetchone()
    connection.execute("update github_repositories set is_counted = 1 where name = ?", (name,))
    return bool(row["is_counted"])


def limit(connection: sqlite3.Connection) -> tuple[int, int]:
    """Requests that are left, and when the count begins anew."""
    row = connection.execute("select remaining, resets_at from github_limit").fetchone()
    if row is None or row["resets_at"] < time.time():
        set_limit(connection, LIMIT, LIMIT_SECONDS)
        return limit(connection)
    return row["remaining"], int(row["resets_at"])


def set_limit(connection: sqlite3.Connection, remaining: int, seconds: float) -> None:
    connection.execute(
        "insert or replace into github_limit values (1, ?, ?)", (remaining, time.time() + seconds)
    )


def use_limit(connection: sqlite3.Connection) -> None:
    connection.execute("update github_limit set remaining = max(remaining - 1, 0)")


def note_call(connection: sqlite3.Connection, path: str, *, unchanged: bool) -> None:
    connection.execute("insert or ignore into github_calls values (?, 0, 0)", (path,))
    connection.execute(
        "update github_calls set calls = calls + 1, unchanged = unchanged + ? where path = ?",
        (int(unchanged), path),
    )


def list_calls(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    rows = connection.execute("select path, calls, unchanged from github_calls order by path")
    return {row["path"]: {"calls": row["calls"], "unchanged": row["unchanged"]} for row in rows}
