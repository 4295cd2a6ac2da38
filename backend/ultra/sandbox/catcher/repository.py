"""Bins and what was sent to them."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ultra.kit.webhooks import BadSignature, verify

KEPT: Final = 1000
"""Requests that one bin keeps."""


@dataclass(frozen=True)
class Caught:
    """One request as it arrived."""

    id: int
    at: datetime
    kind: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes
    status: int
    """What it was answered."""

    @property
    def text(self) -> str | None:
        try:
            return self.body.decode()
        except UnicodeDecodeError:
            return None

    @property
    def pretty(self) -> str | None:
        """JSON indented, any other text as it is."""
        try:
            return json.dumps(json.loads(self.body), indent=2, ensure_ascii=False)
        except ValueError:
            return self.text

    def check_signature(self, secret: str | None) -> str | None:
        """`valid` or the reason why not; None without a secret and for chats, which do not sign."""
        if secret is None or self.kind != "webhook":
            return None
        try:
            verify([secret], self.headers, self.body, now=self.at)
        except BadSignature as error:
            return error.reason.value
        return "valid"


def add(
    connection: sqlite3.Connection, bin_name: str, at: datetime, *, caught: Mapping[str, object]
) -> int:
    """Keep a request; returns its number. The oldest make room."""
    connection.execute("insert or ignore into bins values (?, null)", (bin_name,))
    row = connection.execute(
        "insert into requests (bin, at, kind, method, path, query, headers, body, status) values "
        "(:bin, :at, :kind, :method, :path, :query, :headers, :body, :status) returning id",
        {**caught, "bin": bin_name, "at": at.isoformat()},
    ).fetchone()
    connection.execute(
        "delete from requests where bin = ? and id <= ("
        "select id from requests where bin = ? order by id desc limit 1 offset ?)",
        (bin_name, bin_name, KEPT),
    )
    return int(row["id"])


def list_caught(connection: sqlite3.Connection, bin_name: str) -> list[Caught]:
    """All that the bin keeps, in the order of arrival."""
    rows = connection.execute("select * from requests where bin = ? order by id", (bin_name,))
    return [
        Caught(
            id=row["id"],
            at=datetime.fromisoformat(row["at"]),
            kind=row["kind"],
            method=row["method"],
            path=row["path"],
            query=row["query"],
            headers=json.loads(row["headers"]),
            body=row["body"],
            status=row["status"],
        )
        for row in rows
    ]


def empty(connection: sqlite3.Connection, bin_name: str) -> None:
    connection.execute("delete from requests where bin = ?", (bin_name,))


def list_bins(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Name, number of requests and time of the last one; the latest first."""
    return connection.execute(
        "select name, count(requests.id) as calls, max(at) as last_at from bins "
        "left join requests on requests.bin = bins.name group by name "
        "order by last_at is null, last_at desc, name"
    ).fetchall()


def set_secret(connection: sqlite3.Connection, bin_name: str, secret: str | None) -> None:
    connection.execute("insert or replace into bins values (?, ?)", (bin_name, secret))


def find_secret(connection: sqlite3.Connection, bin_name: str) -> str | None:
    row = connection.execute("select secret from bins where name = ?", (bin_name,)).fetchone()
    return None if row is None else row["secret"]
