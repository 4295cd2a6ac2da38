"""Devices and the messages that came for them."""

import json
import sqlite3
from datetime import datetime
from typing import Any

from ultra.sandbox.push import encryption
from ultra.sandbox.push.vapid import encode


def add_device(
    connection: sqlite3.Connection, device_id: str, application_server_key: str | None
) -> encryption.Keys:
    keys = encryption.make_keys()
    connection.execute(
        "insert into push_devices values (?, ?, ?, ?)",
        (device_id, keys.number, keys.auth, application_server_key),
    )
    return keys


def find_device(connection: sqlite3.Connection, device_id: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "select * from push_devices where id = ?", (device_id,)
    ).fetchone()
    return row


def list_devices(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Id, number of messages and time of the last one; also devices whose keys are elsewhere."""
    return connection.execute(
        "select id, (select count(*) from push_messages where device = known.id) as messages, "
        "(select max(at) from push_messages where device = known.id) as last_at "
        "from (select id from push_devices union select device from push_messages) as known "
        "order by last_at is null, last_at desc, id"
    ).fetchall()


def add_message(
    connection: sqlite3.Connection, device_id: str, at: datetime, message: dict[str, Any]
) -> int:
    row = connection.execute(
        "insert into push_messages (device, at, headers, body, status, trouble, claims, text) "
        "values (:device, :at, :headers, :body, :status, :trouble, :claims, :text) returning id",
        {**message, "device": device_id, "at": at.isoformat()},
    ).fetchone()
    return int(row["id"])


def list_messages(connection: sqlite3.Connection, device_id: str) -> list[dict[str, Any]]:
    """All messages for a device, in the order of arrival."""
    rows = connection.execute(
        "select * from push_messages where device = ? order by id", (device_id,)
    )
    return [_as_json(row) for row in rows]


def _as_json(row: sqlite3.Row) -> dict[str, Any]:
    headers = json.loads(row["headers"])
    return {
        "id": row["id"],
        "at": row["at"],
        "status": row["status"],
        "trouble": row["trouble"],
        "ttl": headers.get("ttl"),
        "urgency": headers.get("urgency"),
        "topic": headers.get("topic"),
        "headers": headers,
        "claims": json.loads(row["claims"]) if row["claims"] else None,
        "body": encode(row["body"]),
        "text": row["text"],
    }
