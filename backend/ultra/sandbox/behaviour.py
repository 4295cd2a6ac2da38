"""How a bin or a device is to misbehave: late, with another status, or not at all."""

import sqlite3
import time

from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field

from ultra.sandbox.server import RESET


class Behaviour(BaseModel):
    """What the next calls meet; without `count` all of them until it is changed."""

    model_config = ConfigDict(extra="forbid")

    status: int | None = Field(default=None, ge=200, le=599)
    delay_seconds: float = Field(default=0, ge=0, le=120)
    retry_after: int | None = Field(default=None, ge=0, le=86_400)
    location: str | None = Field(default=None, max_length=2000, pattern=r"^[\x21-\x7e]+$")
    """Where a redirect leads."""
    reset: bool = False
    """Break the connection instead of answering."""
    count: int | None = Field(default=None, ge=1)


def set_for(connection: sqlite3.Connection, owner: str, behaviour: Behaviour) -> None:
    connection.execute(
        "insert or replace into behaviours values (?, ?, ?)",
        (owner, behaviour.model_dump_json(), behaviour.count),
    )


def find(connection: sqlite3.Connection, owner: str) -> Behaviour:
    """Return what the next call will meet."""
    row = connection.execute(
        "select behaviour, calls_left from behaviours where owner = ?", (owner,)
    ).fetchone()
    if row is None or row["calls_left"] == 0:
        return Behaviour()
    found = Behaviour.model_validate_json(row["behaviour"])
    return found.model_copy(update={"count": row["calls_left"]})


def take(connection: sqlite3.Connection, owner: str) -> Behaviour:
    """Return what this call meets, and count it."""
    found = find(connection, owner)
    connection.execute(
        "update behaviours set calls_left = calls_left - 1 where owner = ? and calls_left > 0",
        (owner,),
    )
    return found


def play(behaviour: Behaviour, well: Response) -> Response:
    """Answer as told; `well` is the answer of a system in good health."""
    time.sleep(behaviour.delay_seconds)
    if behaviour.reset:
        request.environ[RESET] = True
    if behaviour.status is not None and behaviour.status != well.status_code:
        well = Response(f"status {behaviour.status}\n", behaviour.status, mimetype="text/plain")
    if behaviour.retry_after is not None:
        well.headers["Retry-After"] = str(behaviour.retry_after)
    if behaviour.location is not None:
        well.headers["Location"] = behaviour.location
        # werkzeug would complete it to a full address.
        well.autocorrect_location_header = False
    return well
