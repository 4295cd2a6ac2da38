"""Takes the engine's notes out of the outbox.

A log that cannot be reached holds up nothing but itself: its notes go back into the outbox under a
carrier of their own, while pages and services above have been told.
"""

from collections.abc import Sequence

from ultra.jobs.log import quick_state
from ultra.jobs.log import service as logs
from ultra.jobs.log.models import Note
from ultra.kit.db import transaction
from ultra.kit.documents import DocumentsUnreachable
from ultra.kit.log import get_logger
from ultra.kit.outbox import CarrierDown, Message, OutboxMessage, carries
from ultra.kit.tasks.journal import JOURNAL

log = get_logger()

LATE = "job_log"
"""Carrier of the notes that the log could not take at once."""


@carries(JOURNAL)
def carry_notes(messages: Sequence[Message]) -> int:
    notes = [Note.read(message.body) for message in messages]
    news = quick_state.write(logs.newest_of_each(notes))
    with transaction() as session:
        logs.tell_pages(session, news)
        logs.announce_given_up(session, notes)
    try:
        logs.keep(notes)
    except DocumentsUnreachable:
        log.warning("job_log.unreachable", count=len(messages))
        with transaction() as session:
            session.add_all(
                OutboxMessage(carrier=LATE, topic=message.topic, body=message.body)
                for message in messages
            )
    return len(messages)


@carries(LATE)
def carry_late_notes(messages: Sequence[Message]) -> int:
    try:
        logs.keep([Note.read(message.body) for message in messages])
    except DocumentsUnreachable as error:
        raise CarrierDown(str(error)) from error
    return len(messages)
