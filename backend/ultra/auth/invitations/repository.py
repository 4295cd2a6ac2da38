"""Every query for invitations. All times are the database's."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.auth.invitations.models import Invitation
from ultra.auth.users.preferences import Locale
from ultra.kit.ids import new_id
from ultra.kit.roles import Role

_IS_OPEN = Invitation.expires_at > func.now()


def insert_if_new(
    session: Session,
    *,
    workspace_id: UUID,
    email: str,
    email_key: str,
    role: Role,
    invited_by: UUID,
    locale: Locale,
    life: timedelta,
) -> Invitation | None:
    """None when this address is invited already. An expired invitation makes room."""
    session.execute(
        delete(Invitation).where(
            Invitation.workspace_id == workspace_id, Invitation.email_key == email_key, ~_IS_OPEN
        )
    )
    return session.scalar(
        insert(Invitation)
        .values(
            id=new_id(),
            workspace_id=workspace_id,
            email=email,
            email_key=email_key,
            role=role,
            invited_by=invited_by,
            locale=locale,
            expires_at=func.now() + life,
        )
        .on_conflict_do_nothing(index_elements=[Invitation.workspace_id, Invitation.email_key])
        .returning(Invitation)
    )


def find(session: Session, workspace_id: UUID, invitation_id: UUID) -> Invitation | None:
    """Open or expired, locked."""
    return session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation_id, Invitation.workspace_id == workspace_id)
        .with_for_update()
    )


def find_open(session: Session, invitation_id: UUID) -> Invitation | None:
    """For whoever holds the link, in whatever workspace they are."""
    return session.scalar(select(Invitation).where(Invitation.id == invitation_id, _IS_OPEN))


def take(session: Session, invitation_id: UUID) -> bool:
    """Use an open invitation up; of any number of callers one gets it."""
    taken = session.scalar(
        delete(Invitation).where(Invitation.id == invitation_id, _IS_OPEN).returning(Invitation.id)
    )
    return taken is not None


def count(session: Session, workspace_id: UUID) -> int:
    query = select(func.count()).where(Invitation.workspace_id == workspace_id, _IS_OPEN)
    return session.scalar(query) or 0


def list_all(session: Session, workspace_id: UUID) -> Sequence[Invitation]:
    """The newest first; also what has expired, until it is removed."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.workspace_id == workspace_id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    ).all()


def renew(session: Session, invitation: Invitation, life: timedelta) -> None:
    invitation.expires_at = func.now() + life
    invitation.sent_at = func.now()
    session.flush()
    session.refresh(invitation)


def remove(session: Session, invitation: Invitation) -> None:
    session.delete(invitation)
    session.flush()


def remove_expired(session: Session, keep: timedelta) -> int:
    removed = session.scalars(
        delete(Invitation).where(Invitation.expires_at < func.now() - keep).returning(Invitation.id)
    )
    return len(removed.all())
