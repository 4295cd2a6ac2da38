"""The sandbox's own SQLite file: exact, and unharmed when the process is killed."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from flask import current_app

_SCHEMA: Final = """
create table if not exists behaviours (
    owner text primary key,
    behaviour text not null,
    calls_left integer
);
create table if not exists bins (
    name text primary key,
    secret text
);
create table if not exists requests (
    id integer primary key,
    bin text not null,
    at text not null,
    kind text not null,
    method text not null,
    path text not null,
    query text not null,
    headers text not null,
    body blob not null,
    status integer not null
);
create index if not exists requests_of_bin on requests (bin, id);
create table if not exists push_devices (
    id text primary key,
    private_key blob,
    auth blob,
    application_server_key text
);
create table if not exists push_messages (
    id integer primary key,
    device text not null,
    at text not null,
    headers text not null,
    body blob not null,
    status integer not null,
    trouble text,
    claims text,
    text text
);
create index if not exists push_messages_of_device on push_messages (device, id);
create table if not exists oauth_people (
    id integer primary key,
    provider text not null,
    name text not null,
    email text not null collate nocase,
    is_verified integer not null,
    unique (provider, email)
);
create table if not exists oauth_codes (
    code text primary key,
    provider text not null,
    client_id text not null,
    person integer not null,
    request text not null,
    expires_at real not null,
    uses integer not null
);
create table if not exists oauth_tokens (
    token text primary key,
    code text not null,
    provider text not null,
    client_id text not null,
    person integer not null,
    request text not null,
    expires_at real not null
);
create table if not exists oauth_keys (
    key text not null
);
create table if not exists oauth_misbehaviours (
    provider text primary key,
    misbehaviour text not null
);
create table if not exists github_codes (
    code text primary key,
    challenge text not null,
    redirect_url text not null,
    expires_at real not null
);
create table if not exists github_tokens (
    access_token text primary key,
    refresh_token text not null unique,
    expires_at real not null
);
create table if not exists github_repositories (
    name text primary key collate nocase,
    document text not null,
    is_counted integer not null default 0
);
create table if not exists github_limit (
    id integer primary key check (id = 1),
    remaining integer not null,
    resets_at real not null
);
create table if not exists github_calls (
    path text primary key,
    calls integer not null,
    unchanged integer not null
);
create table if not exists effects (
    key text primary key,
    highest_fence integer not null,
    count integer not null,
    refused integer not null
) without rowid;
"""


class Store:
    """One connection for all threads, one transaction at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            folder / "sandbox.sqlite3", check_same_thread=False, isolation_level=None
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("pragma journal_mode = wal")
        # A write-ahead log survives the death of the process without waiting for the disk.
        self._connection.execute("pragma synchronous = normal")
        self._connection.executescript(_SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("begin immediate")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    def close(self) -> None:
        self._connection.close()


@contextmanager
def transaction() -> Iterator[sqlite3.Connection]:
    """Open a transaction of the store of the app that answers this request."""
    store: Store = current_app.extensions["sandbox"]
    with store.transaction() as connection:
        yield connection
