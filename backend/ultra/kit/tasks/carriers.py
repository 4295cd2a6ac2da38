"""Carries queued jobs from the outbox to the broker."""

from collections.abc import Sequence

from ultra.kit.outbox import CarrierDown, Message, carries
from ultra.kit.tasks.broker import send


@carries("broker")
def send_jobs(messages: Sequence[Message]) -> int:
    """Carry the ids of queued jobs to the workers."""
    sent = 0
    for message in messages:
        try:
            send(message.topic, message.body["job_id"])
        except CarrierDown:
            if not sent:
                raise
            break
        sent += 1
    return sent
