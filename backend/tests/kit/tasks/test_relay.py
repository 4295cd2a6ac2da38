"""The outbox's messages reach their carriers, also when a store was away for a while."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import SecretStr

from tests.kit.tasks import toys
from ultra.kit.outbox import CarrierDown, OutboxMessage
from ultra.kit.tasks import Priority, broker
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.relay import relay_once
from ultra.settings import settings

pytestmark = pytest.mark.usefixtures("stores")


def test_messages_go_to_the_queue_of_their_priority() -> None:
    toys.queue(priority=Priority.HIGH)
    toys.queue(priority=Priority.LOW)
    assert toys.relay() == 2
    assert (toys.at_broker("general.high"), toys.at_broker("general.low")) == (1, 1)
    assert toys.outbox() == []


def test_relays_side_by_side_send_each_message_once() -> None:
    for _ in range(50):
        toys.enqueue()
    admit_once()
    with ThreadPoolExecutor(4) as threads:
        sent = list(threads.map(lambda _: toys.relay(), range(8)))
    assert sum(sent) == toys.at_broker("general.medium") == 50


def test_messages_stay_while_the_broker_is_down_and_go_out_when_it_is_back() -> None:
    job_id = toys.queue()
    with pytest.MonkeyPatch.context() as patch:
        # Nobody listens on this port.
        patch.setattr(settings, "redis_url", SecretStr("redis://127.0.0.1:1/0"))
        patch.setattr(broker, "celery", broker.make_celery())
        began = time.monotonic()
        assert toys.relay() == 0
        assert time.monotonic() - began < 10
    assert toys.outbox() == [("general.medium", str(job_id))]
    assert toys.relay() == 1
    assert toys.at_broker("general.medium") == 1


def test_a_carrier_that_is_down_holds_up_no_other() -> None:
    job_id = toys.queue()

    def away(_: Sequence[OutboxMessage]) -> int:
        raise CarrierDown("the documents are away")

    assert relay_once("journal", away) == 0
    assert toys.relay() == 1
    assert toys.journal(job_id) == ["created", "queued"]


def test_what_a_carrier_did_not_take_stays() -> None:
    job_id = toys.queue()
    seen: list[str] = []

    def take_one(messages: Sequence[OutboxMessage]) -> int:
        seen.extend(message.body["event"] for message in messages)
        return 1

    assert [relay_once("journal", take_one) for _ in range(3)] == [1, 1, 0]
    assert seen == ["created", "queued", "queued"]
    assert toys.journal(job_id) == []
