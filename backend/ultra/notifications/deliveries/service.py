"""The rules of deliveries: how one begins, who may see it, how it is sent again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit import tasks
from ultra.kit.access import Actor
from ultra.kit.clock import now
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.kit.tasks import Priority, Trigger
from ultra.notifications.deliveries import repository
from ultra.notifications.deliveries.errors import DeliveryNotFound, DeliveryPending
from ultra.notifications.deliveries.models import Delivery
from ultra.notifications.deliveries.repository import Found
from ultra.notifications.deliveries.states import DeliveryState
from ultra.notifications.endpoints import service as endpoints
from ultra.notifications.kinds import KINDS, ChannelName, Kind

log = get_logger()

TO_ENDPOINT = "notifications.deliver_to_endpoint"
TO_PERSON = "notifications.deliver_to_person"
WORTH = timedelta(days=3)
"""After that nobody needs to hear of it by push or mail any more."""
SCHEDULE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Pauses between the attempts at an endpoint: 75 hours, as Standard Webhooks proposes."""


@dataclass(frozen=True)
class Draft:
    """A delivery that is to be."""

    event_key: str
    kind: Kind
    channel: ChannelName
    target: UUID
    workspace_id: UUID | None
    notification_id: UUID | None = None
    endpoint_id: UUID | None = None
    payload: dict[str, Any] | None = None
    message_id: UUID | None = None
    """The delivery's own id, unless it repeats another or stands for the notification."""
    is_test: bool = False
    replay_of: UUID | None = None


def insert(session: Session, draft: Draft, digest_id: UUID | None = None) -> Delivery | None:
    """Write a delivery down; None when there is one for this event and target."""
    delivery_id = new_id()
    return repository.insert_if_new(
        session,
        id=delivery_id,
        event_key=draft.event_key,
        kind=draft.kind,
        channel=draft.channel,
        target=draft.target,
        notification_id=draft.notification_id,
        endpoint_id=draft.endpoint_id,
        digest_id=digest_id,
        payload=draft.payload,
        message_id=draft.message_id or delivery_id,
        is_test=draft.is_test,
        replay_of=draft.replay_of,
    )


def start(session: Session, draft: Draft, not_before: datetime | None = None) -> Delivery | None:
    """Write a delivery down and have a job carry it; None when that was done before."""
    delivery = insert(session, draft)
    if delivery is None:
        return None
    is_personal = draft.endpoint_id is None
    # What waits for one person alone is no business of their colleagues, who could cancel it. A
    # test stays where its sender can watch it.
    is_of_nobody = is_personal and not delivery.is_test
    # Jobs of nobody share their turns with the letters of signing in, which are urgent: no flood of
    # news is to hold up anybody's way into their account.
    is_urgent = KINDS[draft.kind].is_urgent and not is_of_nobody
    delivery.job_id = tasks.enqueue(
        session,
        TO_PERSON if is_personal else TO_ENDPOINT,
        delivery.id,
        priority=Priority.HIGH if is_urgent or delivery.is_asked_for else Priority.MEDIUM,
        workspace_id=None if is_of_nobody else draft.workspace_id,
        trigger=Trigger.EVENT,
        trigger_key=f"delivery:{delivery.id}",
        not_before=not_before,
        deadline=(not_before or now()) + WORTH if is_personal else None,
    )
    session.flush()
    return delivery


def page(
    session: Session, actor: Actor, endpoint_id: UUID, *, after: Any, limit: int
) -> Sequence[Found]:
    """Raises EndpointNotFound, also for another workspace's."""
    endpoints.get(session, actor, endpoint_id)
    return repository.page(session, endpoint_id, after=after, limit=limit)


def get(session: Session, actor: Actor, delivery_id: UUID) -> Found:
    """Raises DeliveryNotFound, also for another workspace's, or for a person's mail or push."""
    found = repository.find(session, actor.workspace_id, delivery_id)
    if found is None:
        raise DeliveryNotFound
    return found


def replay(session: Session, actor: Actor, delivery_id: UUID) -> Delivery:
    """Send the same message again, with the same id: a receiver that had it knows the copy."""
    old, _ = get(session, actor, delivery_id)
    if old.state is DeliveryState.PENDING:
        raise DeliveryPending
    made = start(
        session,
        Draft(
            event_key=f"replay:{new_id()}",
            kind=old.kind,
            channel=old.channel,
            target=old.target,
            workspace_id=actor.workspace_id,
            endpoint_id=old.endpoint_id,
            payload=old.payload,
            message_id=old.message_id,
            is_test=old.is_test,
            replay_of=old.id,
        ),
    )
    assert made is not None
    return made
