"""Hands the outbox's messages to the broker. Any number of relays may run at the same time."""

from sqlalchemy import delete, select

from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.outbox import OutboxMessage
from ultra.kit.tasks.broker import BrokerDown, send

log = get_logger()

BATCH = 200


def relay_once() -> int:
    """Send up to a batch of messages; the number sent. Messages stay when the broker is down."""
    with transaction() as session:
        messages = session.scalars(
            select(OutboxMessage)
            .order_by(OutboxMessage.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        sent: list[int] = []
        for message in messages:
            try:
                send(message.topic, message.body)
            except BrokerDown as error:
                log.warning("outbox.broker_down", waiting=len(messages), error=str(error)[:200])
                break
            sent.append(message.id)
        session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(sent)))
    return len(sent)
