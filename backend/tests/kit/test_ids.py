"""Ids sort by age and are UUIDs of version 7."""

import time
from uuid import RFC_4122

from ultra.kit.ids import new_id


def test_an_id_is_a_uuid_of_version_7() -> None:
    for _ in range(1000):
        made = new_id()
        assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_carries_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id().int >> 80
    assert before <= made <= time.time_ns() // 1_000_000


def test_later_ids_sort_later() -> None:
    earlier = new_id()
    time.sleep(0.002)
    assert earlier < new_id()


def test_ids_do_not_repeat() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000
