"""Every query about preferences."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.notifications.kinds import Kind
from ultra.notifications.preferences.models import NotificationChoice, NotificationPreferences


def find(session: Session, user_id: UUID) -> NotificationPreferences | None:
    return session.scalar(
        select(NotificationPreferences).where(NotificationPreferences.user_id == user_id)
    )


def choices(session: Session, user_id: UUID) -> dict[Kind, NotificationChoice]:
    """What the person chose; kinds that they never touched are missing."""
    found = session.scalars(select(NotificationChoice).where(NotificationChoice.user_id == user_id))
    return {choice.kind: choice for choice in found}


def save(session: Session, user_id: UUID, values: Mapping[str, Any]) -> None:
    changed = {**values, "updated_at": func.now()}
    session.execute(
        insert(NotificationPreferences)
        .values(user_id=user_id, **changed)
        .on_conflict_do_update(index_elements=[NotificationPreferences.user_id], set_=changed)
    )


def save_choice(session: Session, user_id: UUID, kind: Kind, values: Mapping[str, bool]) -> None:
    session.execute(
        insert(NotificationChoice)
        .values(user_id=user_id, kind=kind, **values)
        .on_conflict_do_update(
            index_elements=[NotificationChoice.user_id, NotificationChoice.kind], set_=dict(values)
        )
    )
