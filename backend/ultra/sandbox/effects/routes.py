"""`/effects`: what a task does to the world, as the world sees it.

Each call is counted. The receiver does not know doubles by the fence alone: whoever repeats a call
that already counted has doubled its effect, and the hidden count tells.
"""

from typing import Any

from flask import Blueprint, request

from ultra.sandbox.store import transaction

effects = Blueprint("effects", __name__)


@effects.post("/effects/<key>")
def perform(key: str) -> tuple[dict[str, Any], int]:
    """Count the effect, unless a higher fence was seen for this key."""
    fence = _read_fence()
    if fence is None:
        return {"error": "the Fence header must be a whole number"}, 400
    with transaction() as connection:
        connection.execute("insert or ignore into effects values (?, 0, 0, 0)", (key,))
        performed = connection.execute(
            "update effects set count = count + 1, highest_fence = ? "
            "where key = ? and highest_fence <= ? returning count, highest_fence",
            (fence, key, fence),
        ).fetchone()
        if performed is not None:
            return dict(performed), 200
        refused = connection.execute(
            "update effects set refused = refused + 1 where key = ? returning count, highest_fence",
            (key,),
        ).fetchone()
    return dict(refused), 409


@effects.get("/effects/<key>")
def look(key: str) -> dict[str, Any]:
    """Say how often it happened; with a Fence header all lower fences are shut out from now on."""
    fence = _read_fence() or 0
    with transaction() as connection:
        connection.execute("insert or ignore into effects values (?, 0, 0, 0)", (key,))
        row = connection.execute(
            "update effects set highest_fence = max(highest_fence, ?) where key = ? "
            "returning count, highest_fence",
            (fence, key),
        ).fetchone()
    return dict(row)


@effects.get("/effects")
def tell_the_truth() -> dict[str, Any]:
    """Tell what no task may ask: how many effects happened, how many calls, which were doubled."""
    with transaction() as connection:
        sums = connection.execute(
            "select count(*) filter (where count > 0) as keys, "
            "coalesce(sum(count), 0) as calls, coalesce(sum(refused), 0) as refused from effects"
        ).fetchone()
        doubled = connection.execute("select key from effects where count > 1 order by key")
        return {**dict(sums), "doubled": [row["key"] for row in doubled]}


@effects.delete("/effects")
def forget() -> tuple[str, int]:
    """Begin anew, for the next run."""
    with transaction() as connection:
        connection.execute("delete from effects")
    return "", 204


def _read_fence() -> int | None:
    text = request.headers.get("Fence", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
