"""One attempt at a delivery: claimed before, recorded after.

An attempt is written down before anything is sent. So whoever comes after a killed worker knows
that something may have arrived: a channel whose receivers know copies is used again, with the same
id; any other message is left to a person, who may replay it.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit.clock import now
from ultra.kit.errors import Language
from ultra.kit.log import get_logger
from ultra.kit.tasks import Postponed, is_taken_up_again
from ultra.notifications.channels.protocol import (
    Channel,
    Order,
    Outcome,
    Parcel,
    Unsendable,
    Verdict,
)
from ultra.notifications.channels.registry import CHANNELS
from ultra.notifications.deliveries import repository
from ultra.notifications.deliveries.audience import may_hear
from ultra.notifications.deliveries.models import Delivery, DeliveryAttempt
from ultra.notifications.deliveries.service import SCHEDULE
from ultra.notifications.deliveries.states import NOT_ALLOWED, UNWANTED, DeliveryState
from ultra.notifications.devices import repository as device_rows
from ultra.notifications.endpoints import repository as endpoint_rows
from ultra.notifications.endpoints import service as endpoints
from ultra.notifications.endpoints.models import Endpoint
from ultra.notifications.endpoints.states import DisabledReason
from ultra.notifications.inbox import repository as inbox_rows
from ultra.notifications.inbox.models import Notification
from ultra.notifications.kinds import ChannelName
from ultra.notifications.preferences import service as preferences

log = get_logger()


@dataclass(frozen=True)
class Attempt:
    """One attempt that has been written down and is about to be made."""

    delivery_id: UUID
    number: int
    channel: Channel
    parcel: Parcel
    is_test: bool
    waiting: Language | None
    """The language of somebody who waits for the outcome: who tests a channel of their own."""


@dataclass(frozen=True)
class Ended:
    """There is nothing to send; `code` says why, and is None when it was delivered before."""

    code: str | None
    waiting: Language | None = None


def claim(session: Session, delivery_id: UUID) -> Attempt | Ended:
    """Write the next attempt down. Raises Postponed in the person's quiet hours."""
    delivery = repository.find_for_work(session, delivery_id)
    if delivery is None:
        return Ended("target_removed")
    if delivery.state is DeliveryState.DELIVERED:
        return Ended(None)
    channel = CHANNELS[delivery.channel]
    broken = repository.broken_off(session, delivery_id)
    if broken is not None:
        broken.finished_at, broken.error_code = func.now(), "interrupted"
        if not channel.knows_copies:
            return _end(session, delivery, "outcome_unknown")
    notification = _notification_of(session, delivery)
    if (code := _obstacle(session, delivery, notification)) is not None:
        return _end(session, delivery, code)
    try:
        parcel = channel.pack(session, _order(delivery, notification))
    except Unsendable as error:
        return _end(session, delivery, error.code)
    delivery.state, delivery.attempts = DeliveryState.PENDING, delivery.attempts + 1
    session.add(DeliveryAttempt(delivery_id=delivery.id, number=delivery.attempts))
    return Attempt(
        delivery.id,
        delivery.attempts,
        channel,
        parcel,
        delivery.is_test,
        _who_waits(session, delivery),
    )


def record(session: Session, attempt: Attempt, outcome: Outcome, duration_ms: int) -> None:
    """Write down how an attempt ended, and what follows for its target."""
    delivery = repository.find_for_work(session, attempt.delivery_id)
    made = repository.find_attempt(session, attempt.delivery_id, attempt.number)
    if delivery is None or made is None:
        # Its endpoint or notification was deleted while it was sent.
        return
    made.finished_at, made.duration_ms = func.now(), duration_ms
    made.status, made.error_code, made.excerpt = outcome.status, outcome.code, outcome.excerpt
    delivery.response_status, delivery.error_code = outcome.status, outcome.code
    if outcome.verdict is Verdict.DELIVERED:
        delivery.state, delivery.finished_at = DeliveryState.DELIVERED, func.now()
    elif is_final(attempt, outcome):
        _fail(delivery, final_code(outcome))
    _note_on_target(session, delivery, outcome)


def is_final(attempt: Attempt, outcome: Outcome) -> bool:
    """Whether a failed attempt was the last one, whatever the schedule says."""
    if outcome.verdict is Verdict.UNKNOWN:
        return attempt.is_test or not attempt.channel.knows_copies
    return attempt.is_test or outcome.verdict in (Verdict.REFUSED, Verdict.GONE)


def final_code(outcome: Outcome) -> str:
    is_unknown = outcome.verdict is Verdict.UNKNOWN
    return "outcome_unknown" if is_unknown else outcome.code or "given_up"


def give_up(session: Session, delivery_id: UUID) -> None:
    """Its job ended without success: the delivery has failed, and perhaps its endpoint."""
    delivery = repository.find_for_work(session, delivery_id)
    if delivery is None or delivery.state is not DeliveryState.PENDING:
        return
    if is_taken_up_again(session):
        return
    _fail(delivery, delivery.error_code or "given_up")
    if delivery.endpoint_id is None or delivery.attempts <= len(SCHEDULE):
        return
    endpoint = endpoint_rows.find_for_work(session, delivery.endpoint_id)
    if endpoint is None:
        return
    worked_since = endpoint.last_success_at and endpoint.last_success_at > delivery.created_at
    if not worked_since:
        endpoints.disable(session, endpoint, DisabledReason.FAILING)


def revive(session: Session, delivery_id: str) -> None:
    """Somebody puts its job back: it is on its way again."""
    delivery = repository.find_for_work(session, UUID(delivery_id))
    if delivery is not None and delivery.state is DeliveryState.FAILED:
        delivery.state, delivery.finished_at = DeliveryState.PENDING, None


def _notification_of(session: Session, delivery: Delivery) -> Notification | None:
    if delivery.notification_id is None:
        return None
    return inbox_rows.find_any(session, delivery.notification_id)


def _order(delivery: Delivery, notification: Notification | None) -> Order:
    return Order(
        delivery_id=delivery.id,
        message_id=delivery.message_id,
        target=delivery.target,
        kind=delivery.kind,
        facts=notification.facts if notification else {},
        at=notification.created_at if notification else delivery.created_at,
        workspace_id=notification.workspace_id if notification else None,
        payload=delivery.payload,
    )


def _obstacle(
    session: Session, delivery: Delivery, notification: Notification | None
) -> str | None:
    """Why it is not to be sent after all. Raises Postponed when only the hour is wrong."""
    if delivery.endpoint_id is not None:
        return _obstacle_of_endpoint(session, delivery, delivery.endpoint_id)
    if delivery.is_asked_for:
        return None
    if notification is None or notification.deleted_at is not None:
        return UNWANTED
    if not may_hear(session, notification):
        return NOT_ALLOWED
    wanted = preferences.get(session, notification.user_id)
    if not wanted.wants(delivery.kind, delivery.channel):
        return UNWANTED
    wait_for_day(wanted)
    return None


def _obstacle_of_endpoint(session: Session, delivery: Delivery, endpoint_id: UUID) -> str | None:
    endpoint = endpoint_rows.find_for_work(session, endpoint_id)
    if endpoint is None:
        return "target_removed"
    if not auth.lives(session, endpoint.workspace_id):
        return "workspace_rests"
    is_on = endpoint.is_enabled or delivery.is_asked_for
    return None if is_on else "endpoint_disabled"


def wait_for_day(wanted: preferences.Preferences) -> None:
    """Raises Postponed in the person's quiet hours: waiting for their end is no attempt."""
    quiet_until = wanted.held_until(now())
    if quiet_until is not None:
        raise Postponed("quiet hours", quiet_until - now())


def _who_waits(session: Session, delivery: Delivery) -> Language | None:
    if not delivery.is_test or delivery.endpoint_id is not None:
        return None
    user_id = delivery.target
    if delivery.channel is ChannelName.PUSH:
        device = device_rows.find_any(session, delivery.target)
        if device is None:
            return None
        user_id = device.user_id
    return auth.get_person(session, user_id).locale


def _end(session: Session, delivery: Delivery, code: str) -> Ended:
    _fail(delivery, code)
    return Ended(code, _who_waits(session, delivery))


def _fail(delivery: Delivery, code: str) -> None:
    delivery.state, delivery.error_code = DeliveryState.FAILED, code
    delivery.finished_at = func.now()


def _note_on_target(session: Session, delivery: Delivery, outcome: Outcome) -> None:
    is_success = outcome.verdict is Verdict.DELIVERED
    is_gone = outcome.verdict is Verdict.GONE
    if delivery.channel is ChannelName.PUSH:
        if is_gone:
            device_rows.remove_gone(session, delivery.target)
            log.info("device.gone", device_id=str(delivery.target))
        elif is_success:
            device_rows.mark_used(session, delivery.target)
    if delivery.endpoint_id is None:
        return
    endpoint = endpoint_rows.find_for_work(session, delivery.endpoint_id)
    if endpoint is None:
        return
    if is_success or not delivery.is_test:
        endpoints.note_attempt(endpoint, is_success=is_success, status=outcome.status)
    if is_gone:
        endpoints.disable(session, endpoint, DisabledReason.GONE)
    elif outcome.verdict is Verdict.UNKNOWN and _is_silent(session, endpoint):
        endpoints.disable(session, endpoint, DisabledReason.FAILING)


def _is_silent(session: Session, endpoint: Endpoint) -> bool:
    """Whether nobody there has answered for as long, and as often, as one message is tried.

    A chat's message is sent once: without this, one that never answers would go on for ever. What
    our own side broke off does not count, and a single answer begins anew.
    """
    session.flush()
    session.refresh(endpoint)
    since = endpoint.failing_since
    if since is None or now() - since < sum(SCHEDULE, timedelta()):
        return False
    return repository.count_unanswered(session, endpoint.id, since) > len(SCHEDULE)
