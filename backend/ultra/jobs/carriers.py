"""Takes the engine's notes out of the outbox.

A store that cannot be reached holds up nothing but itself: its notes go back into the outbox under
a carrier of their own. So the log misses nothing, and a Redis that comes back with what it knew
before does not go on calling a job running that has ended.
"""

from collections.abc import Sequence

from redis.exceptions import RedisError

from ultra.jobs.log import quick_state
from ultra.jobs.log import service as logs
from ultra.jobs.log.models import PROGRESS, Note
from ultra.kit.db import transaction
from ultra.kit.documents import DocumentsUnreachable
from ultra.kit.log import get_logger
from ultra.kit.outbox import CarrierDown, Message, OutboxMessage, carries
from ultra.kit.tasks.journal import JOURNAL

log = get_logger()

LATE_LOG = "job_log"
"""Carrier of the notes that the log could not take at once."""
LATE_STATE = "job_state"
"""The same for the quick state, and with it for pages."""


@carries(JOURNAL)
def carry_notes(messages: Sequence[Message]) -> int:
    notes = [Note.read(message.body) for message in messages]
    try:
        news = quick_state.write(logs.newest_of_each(notes))
    except RedisError as error:
        log.warning("job.state_not_written", error=str(error)[:200])
        news = []
        # Late progress is none: an older figure would take the place of a newer one.
        _put_aside(LATE_STATE, [each for each in messages if each.body["event"] != PROGRESS])
    with transaction() as session:
        logs.tell_pages(session, news)
        logs.announce_given_up(session, notes)
    try:
        logs.keep(notes)
    except DocumentsUnreachable:
        log.warning("job_log.unreachable", count=len(messages))
        _put_aside(LATE_LOG, messages)
    return len(messages)


def _put_aside(carrier: str, messages: Sequence[Message]) -> None:
    with transaction() as session:
        session.add_all(
            OutboxMessage(carrier=carrier, topic=message.topic, body=message.body)
            for message in messages
        )


@carries(LATE_STATE)
def carry_late_states(messages: Sequence[Message]) -> int:
    notes = [Note.read(message.body) for message in messages]
    try:
        news = quick_state.write(logs.newest_of_each(notes))
    except RedisError as error:
        raise CarrierDown(str(error)) from error
    with transaction() as session:
        logs.tell_pages(session, news)
    return len(messages)


@carries(LATE_LOG)
def carry_late_notes(messages: Sequence[Message]) -> int:
    try:
        logs.keep([Note.read(message.body) for message in messages])
    except DocumentsUnreachable as error:
        raise CarrierDown(str(error)) from error
    return len(messages)
