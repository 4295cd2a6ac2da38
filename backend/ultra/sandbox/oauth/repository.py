"""People, codes and tokens of the two providers."""

import json
import secrets
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ultra.sandbox.oauth.misbehaviours import Provider

CODE_SECONDS: Final = 600
TOKEN_SECONDS: Final = 3600

# Ids that neither provider gives to anybody: an account that was opened here must never belong to a
# stranger on the day the real provider takes over.
_FIRST_ID: Final = 9_000_000_000_001
_PEOPLE: Final = [
    ("Elif Arslan", "elif.arslan@example.com", True),
    ("Deniz Kaya", "deniz.kaya@example.com", True),
    ("Marco Rossi", "marco.rossi@example.com", True),
    ("Can Demir", "can.demir@example.com", False),
]


@dataclass(frozen=True)
class Person:
    """Somebody with an account at a provider."""

    id: int
    name: str
    email: str
    is_verified: bool

    @property
    def login(self) -> str:
        return self.email.partition("@")[0].replace(".", "-")


@dataclass(frozen=True)
class Grant:
    """What a code or a token stands for."""

    provider: Provider
    client_id: str
    person: Person
    request: Mapping[str, str]
    """The parameters with which the browser was sent here."""


def list_people(connection: sqlite3.Connection, provider: Provider) -> list[Person]:
    for name, email, is_verified in _PEOPLE:
        _add_person(connection, provider, name, email, is_verified=is_verified)
    rows = connection.execute(
        "select * from oauth_people where provider = ? order by id", (provider,)
    )
    return [_as_person(row) for row in rows]


def put_person(
    connection: sqlite3.Connection, provider: Provider, name: str, email: str, *, is_verified: bool
) -> Person:
    """Make a person, or give the one of this address another name and state."""
    _add_person(connection, provider, name, email, is_verified=is_verified)
    row = connection.execute(
        "update oauth_people set name = ?, is_verified = ? where provider = ? and email = ? "
        "returning *",
        (name, is_verified, provider, email),
    ).fetchone()
    return _as_person(row)


def find_person(
    connection: sqlite3.Connection, provider: Provider, person_id: str
) -> Person | None:
    row = connection.execute(
        "select * from oauth_people where provider = ? and id = ?", (provider, person_id)
    ).fetchone()
    return _as_person(row) if row else None


def add_code(connection: sqlite3.Connection, grant: Grant) -> str:
    code = secrets.token_urlsafe(24)
    connection.execute(
        "insert into oauth_codes values (?, ?, ?, ?, ?, ?, 0)",
        (
            code,
            grant.provider,
            grant.client_id,
            grant.person.id,
            json.dumps(dict(grant.request)),
            time.time() + CODE_SECONDS,
        ),
    )
    return code


def use_code(connection: sqlite3.Connection, provider: Provider, code: str) -> Grant | None:
    """Return what the code stands for, once; a second use also takes back the tokens it gave."""
    row = connection.execute(
        "update oauth_codes set uses = uses + 1 where code = ? and provider = ? returning *",
        (code, provider),
    ).fetchone()
    if row is None:
        return None
    if row["uses"] > 1:
        connection.execute("delete from oauth_tokens where code = ?", (code,))
    person = find_person(connection, provider, row["person"])
    if row["uses"] > 1 or row["expires_at"] < time.time() or person is None:
        return None
    return Grant(provider, row["client_id"], person, json.loads(row["request"]))


def add_token(connection: sqlite3.Connection, grant: Grant, code: str, *, prefix: str) -> str:
    token = prefix + secrets.token_urlsafe(27).replace("-", "a").replace("_", "b")
    connection.execute(
        "insert into oauth_tokens values (?, ?, ?, ?, ?, ?, ?)",
        (
            token,
            code,
            grant.provider,
            grant.client_id,
            grant.person.id,
            json.dumps(dict(grant.request)),
            time.time() + TOKEN_SECONDS,
        ),
    )
    return token


def find_token(connection: sqlite3.Connection, provider: Provider, token: str) -> Grant | None:
    """Return whose access token this is, and for which client and scope (in `request`)."""
    row = connection.execute(
        "select * from oauth_tokens where token = ? and provider = ? and expires_at > ?",
        (token, provider, time.time()),
    ).fetchone()
    person = find_person(connection, provider, row["person"]) if row else None
    if row is None or person is None:
        return None
    return Grant(provider, row["client_id"], person, json.loads(row["request"]))


def find_key(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("select key from oauth_keys").fetchone()
    return row["key"] if row else None


def put_key(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("insert into oauth_keys values (?)", (key,))


def _add_person(
    connection: sqlite3.Connection, provider: Provider, name: str, email: str, *, is_verified: bool
) -> None:
    connection.execute(
        "insert or ignore into oauth_people (id, provider, name, email, is_verified) "
        "values ((select coalesce(max(id) + 1, ?) from oauth_people), ?, ?, ?, ?)",
        (_FIRST_ID, provider, name, email, is_verified),
    )


def _as_person(row: sqlite3.Row) -> Person:
    return Person(row["id"], row["name"], row["email"], bool(row["is_verified"]))
