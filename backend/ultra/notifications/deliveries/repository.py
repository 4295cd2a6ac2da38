"""Every query about deliveries, their attempts and digests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit.ids import new_id
from ultra.kit.paging import Cursor, newest_first
from ultra.kit.tasks import Job
from ultra.kit.tasks.states import OPEN_STATES
from ultra.notifications.deliveries.models import (
    Delivery,
    DeliveryAttempt,
    Digest,
)
from ultra.notifications.deliveries.states import NOT_ALLOWED, UNWANTED, DeliveryState
from ultra.notifications.endpoints.models import Endpoint
from ultra.notifications.inbox.models import Notification

Found = tuple[Delivery, datetime | None]
"""A delivery, and when it is tried next."""

_NEXT = case(
    ((Delivery.state == DeliveryState.PENDING) & Job.state.in_(OPEN_STATES), Job.not_before)
)


def insert_if_new(session: Session, **values: Any) -> Delivery | None:
    """None when this event was sent on its way to this target before."""
    return session.scalar(
        insert(Delivery).values(**values).on_conflict_do_nothing().returning(Delivery)
    )


def set_job(session: Session, delivery_id: UUID, job_id: UUID | None) -> None:
    session.execute(update(Delivery).where(Delivery.id == delivery_id).values(job_id=job_id))


def find_for_work(session: Session, delivery_id: UUID) -> Delivery | None:
    """The row that an attempt works on, locked.

    Its endpoint is locked first, as by somebody who deletes that: the other way round each could
    wait for the other.
    """
    endpoint_id = session.scalar(select(Delivery.endpoint_id).where(Delivery.id == delivery_id))
    if endpoint_id is not None:
        session.execute(select(Endpoint.id).where(Endpoint.id == endpoint_id).with_for_update())
    return session.scalar(select(Delivery).where(Delivery.id == delivery_id).with_for_update())


def find(session: Session, workspace_id: UUID, delivery_id: UUID) -> Found | None:
    """A delivery to an endpoint of this workspace."""
    row = session.execute(
        select(Delivery, _NEXT)
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
        .outerjoin(Job, Job.id == Delivery.job_id)
        .where(Delivery.id == delivery_id, Endpoint.workspace_id == workspace_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def page(
    session: Session, endpoint_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[Found]:
    query = (
        select(Delivery, _NEXT)
        .outerjoin(Job, Job.id == Delivery.job_id)
        .where(Delivery.endpoint_id == endpoint_id)
    )
    query = newest_first(query, Delivery.created_at, Delivery.id, after=after, limit=limit)
    return [(row[0], row[1]) for row in session.execute(query)]


def attempts_of(session: Session, delivery_id: UUID) -> Sequence[DeliveryAttempt]:
    return session.scalars(
        select(DeliveryAttempt)
        .where(DeliveryAttempt.delivery_id == delivery_id)
        .order_by(DeliveryAttempt.number)
    ).all()


def broken_off(session: Session, delivery_id: UUID) -> DeliveryAttempt | None:
    """An attempt that began and of whose end nothing was recorded."""
    return session.scalar(
        select(DeliveryAttempt).where(
            DeliveryAttempt.delivery_id == delivery_id, DeliveryAttempt.finished_at.is_(None)
        )
    )


def find_attempt(session: Session, delivery_id: UUID, number: int) -> DeliveryAttempt | None:
    return session.get(DeliveryAttempt, (delivery_id, number))


def count_unanswered(session: Session, endpoint_id: UUID, since: datetime) -> int:
    """How many attempts at an endpoint have had no answer from then on; tests do not count."""
    query = (
        select(func.count())
        .select_from(DeliveryAttempt)
        .join(Delivery, Delivery.id == DeliveryAttempt.delivery_id)
        .where(
            Delivery.endpoint_id == endpoint_id,
            Delivery.is_test.is_(False),
            DeliveryAttempt.error_code == "no_answer",
            DeliveryAttempt.finished_at >= since,
        )
    )
    return session.scalar(query) or 0


def remove_older(session: Session, age: timedelta, limit: int) -> int:
    """Endpoints' log; a person's deliveries go with their notification."""
    oldest = (
        select(Delivery.id)
        .where(Delivery.created_at < func.now() - age, Delivery.state != DeliveryState.PENDING)
        .order_by(Delivery.created_at)
        .limit(limit)
    )
    removed = delete(Delivery).where(Delivery.id.in_(oldest)).returning(Delivery.id)
    return len(session.scalars(removed).all())


def open_digest(session: Session, user_id: UUID, due_at: datetime) -> tuple[Digest, bool]:
    """The digest that takes things in, locked, so that it closes after us; whether it is new."""
    proposed = new_id()
    digest = session.scalars(
        insert(Digest)
        .values(id=proposed, user_id=user_id, due_at=due_at)
        .on_conflict_do_update(
            index_elements=[Digest.user_id],
            index_where=Digest.closed_at.is_(None),
            set_={"user_id": user_id},
        )
        .returning(Digest)
    ).one()
    return digest, digest.id == proposed


def find_digest(session: Session, digest_id: UUID) -> Digest | None:
    """The digest, locked."""
    return session.scalar(select(Digest).where(Digest.id == digest_id).with_for_update())


def remove_older_digests(session: Session, age: timedelta, limit: int) -> int:
    """Those that are done and hold nothing any more: their deliveries went before them."""
    oldest = (
        select(Digest.id)
        .where(
            Digest.created_at < func.now() - age,
            Digest.finished_at.is_not(None),
            ~exists().where(Delivery.digest_id == Digest.id),
        )
        .order_by(Digest.created_at)
        .limit(limit)
    )
    removed = delete(Digest).where(Digest.id.in_(oldest)).returning(Digest.id)
    return len(session.scalars(removed).all())


def items_of(session: Session, digest_id: UUID) -> list[tuple[Delivery, Notification]]:
    """What a digest still has to tell, oldest first."""
    rows = session.execute(
        select(Delivery, Notification)
        .join(Notification, Notification.id == Delivery.notification_id)
        .where(Delivery.digest_id == digest_id, Delivery.state == DeliveryState.PENDING)
        .order_by(Notification.created_at, Notification.id)
    )
    return [(row[0], row[1]) for row in rows]


def failed_of(session: Session, digest_id: UUID) -> Sequence[Delivery]:
    """What a digest could not tell; what nobody wanted, or was to know, stays as it is."""
    return session.scalars(
        select(Delivery).where(
            Delivery.digest_id == digest_id,
            Delivery.state == DeliveryState.FAILED,
            Delivery.error_code.not_in((UNWANTED, NOT_ALLOWED)),
        )
    ).all()
