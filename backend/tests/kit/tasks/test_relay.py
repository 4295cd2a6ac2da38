"""The outbox's messages reach the broker, also when it was away for a while."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import SecretStr

from tests.kit.tasks import toys
from ultra.kit.tasks import Priority, broker
from ultra.kit.tasks.relay import relay_once
from ultra.settings import settings

pytestmark = pytest.mark.usefixtures("stores")


def test_messages_go_to_the_queue_of_their_priority() -> None:
    toys.enqueue(priority=Priority.HIGH)
    toys.enqueue(priority=Priority.LOW)
    assert relay_once() == 2
    assert (toys.at_broker("general.high"), toys.at_broker("general.low")) == (1, 1)
    assert toys.outbox() == []


def test_relays_side_by_side_send_each_message_once() -> None:
    for _ in range(50):
        toys.enqueue()
    with ThreadPoolExecutor(4) as threads:
        sent = list(threads.map(lambda _: relay_once(), range(8)))
    assert sum(sent) == toys.at_broker("general.medium") == 50


def test_messages_stay_while_the_broker_is_down_and_go_out_when_it_is_back() -> None:
    job_id = toys.enqueue()
    with pytest.MonkeyPatch.context() as patch:
        # Nobody listens on this port.
        patch.setattr(settings, "redis_url", SecretStr("redis://127.0.0.1:1/0"))
        patch.setattr(broker, "celery", broker.make_celery())
        began = time.monotonic()
        assert relay_once() == 0
        assert time.monotonic() - began < 10
    assert toys.outbox() == [("general.medium", str(job_id))]
    assert relay_once() == 1
    assert toys.at_broker("general.medium") == 1
