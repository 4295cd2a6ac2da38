"""Every query for identities."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.auth.oauth.models import Identity
from ultra.auth.oauth.providers.kinds import Provider
from ultra.kit.ids import new_id


def find(session: Session, provider: Provider, subject: str) -> Identity | None:
    return session.scalar(
        select(Identity).where(Identity.provider == provider, Identity.subject == subject)
    )


def insert_if_new(
    session: Session, *, provider: Provider, subject: str, user_id: UUID, email: str
) -> Identity | None:
    """None when the identity is linked already; also when both happens at the same time."""
    return session.scalar(
        insert(Identity)
        .values(id=new_id(), provider=provider, subject=subject, user_id=user_id, email=email)
        .on_conflict_do_nothing(index_elements=[Identity.provider, Identity.subject])
        .returning(Identity)
    )


def note_use(session: Session, identity_id: UUID, *, email: str | None) -> None:
    """Write down that somebody came in by it, and with which address."""
    values = {"last_used_at": func.now(), **({"email": email} if email else {})}
    session.execute(update(Identity).where(Identity.id == identity_id).values(**values))


def list_of(session: Session, user_id: UUID) -> Sequence[Identity]:
    """The oldest first."""
    return session.scalars(
        select(Identity).where(Identity.user_id == user_id).order_by(Identity.id)
    ).all()


def count_of(session: Session, user_id: UUID) -> int:
    query = select(func.count()).select_from(Identity).where(Identity.user_id == user_id)
    return session.scalar(query) or 0


def delete_one(session: Session, user_id: UUID, identity_id: UUID) -> Provider | None:
    """The provider of the one that was deleted; None for somebody else's."""
    return session.scalar(
        delete(Identity)
        .where(Identity.id == identity_id, Identity.user_id == user_id)
        .returning(Identity.provider)
    )


def delete_linked_since(session: Session, user_id: UUID, since: datetime) -> list[Provider]:
    return list(
        session.scalars(
            delete(Identity)
            .where(Identity.user_id == user_id, Identity.linked_at >= since)
            .returning(Identity.provider)
        )
    )
