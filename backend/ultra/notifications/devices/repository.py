"""Every query about push devices."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.kit.ids import new_id
from ultra.notifications.devices.models import PushDevice


def of_person(session: Session, user_id: UUID) -> Sequence[PushDevice]:
    return session.scalars(
        select(PushDevice).where(PushDevice.user_id == user_id).order_by(PushDevice.id)
    ).all()


def find(session: Session, user_id: UUID, device_id: UUID) -> PushDevice | None:
    return session.scalar(
        select(PushDevice).where(PushDevice.id == device_id, PushDevice.user_id == user_id)
    )


def find_any(session: Session, device_id: UUID) -> PushDevice | None:
    """Whoever it belongs to: for background work only."""
    return session.get(PushDevice, device_id)


def save(session: Session, values: dict[str, Any]) -> PushDevice:
    """Insert, or take over the row of the same browser; its address is sealed in by the caller."""
    return session.scalars(
        insert(PushDevice)
        .values(id=new_id(), sealed_address=b"", **values)
        .on_conflict_do_update(index_elements=[PushDevice.endpoint_digest], set_=values)
        .returning(PushDevice)
        .execution_options(populate_existing=True)
    ).one()


def remove(session: Session, user_id: UUID, device_id: UUID) -> bool:
    removed = session.scalar(
        delete(PushDevice)
        .where(PushDevice.id == device_id, PushDevice.user_id == user_id)
        .returning(PushDevice.id)
    )
    return removed is not None


def remove_gone(session: Session, device_id: UUID) -> None:
    """Its push service says that it is no longer subscribed, or its session has ended."""
    session.execute(delete(PushDevice).where(PushDevice.id == device_id))


def mark_used(session: Session, device_id: UUID) -> None:
    session.execute(
        update(PushDevice).where(PushDevice.id == device_id).values(last_used_at=func.now())
    )
