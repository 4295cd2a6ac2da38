"""Urgent queues first, but never only those."""

from collections import Counter

from ultra.kit.tasks import Queue
from ultra.kit.tasks.broker import queue_names
from ultra.kit.tasks.turns import Turns


def fetch(turns: Turns, full: set[str]) -> str:
    """What a fetch gives when these queues have messages."""
    first = next(name for name in turns.consume(99) if name in full)
    return turns.rotate(first)


def test_a_flood_of_urgent_work_leaves_the_rest_its_share() -> None:
    turns = Turns()
    names = queue_names([Queue.API])
    turns.update(names)
    found = Counter(fetch(turns, set(names)) for _ in range(1000))
    assert found == {"api.high": 700, "api.medium": 200, "api.low": 100}


def test_nobody_waits_for_a_share_that_nobody_uses() -> None:
    turns = Turns(queue_names([Queue.API]))
    assert {fetch(turns, {"api.low"}) for _ in range(20)} == {"api.low"}


def test_pools_of_one_worker_take_turns() -> None:
    turns = Turns(queue_names([Queue.API, Queue.ANALYTICS, Queue.GENERAL]))
    full = {"api.high", "analytics.high", "general.high"}
    found = Counter(fetch(turns, full) for _ in range(300))
    assert set(found.values()) == {100}


def test_an_idle_fetch_uses_up_no_turn() -> None:
    turns = Turns(queue_names([Queue.API]))
    orders = [turns.consume(99) for _ in range(20)]
    assert all(order == orders[0] for order in orders)
