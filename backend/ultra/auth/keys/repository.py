"""Every query for API keys. All times are the database's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from ultra.auth.keys.models import ApiKey
from ultra.auth.users.models import User
from ultra.auth.workspaces.models import Membership, Workspace
from ultra.auth.workspaces.repository import LACKS_SECOND_FACTOR
from ultra.kit.ids import new_id
from ultra.kit.paging import Cursor, newest_first
from ultra.kit.roles import Role

SEEN = timedelta(minutes=1)
"""When a key was last used is written at most this often."""

IS_VALID = and_(ApiKey.ended_at.is_(None), ApiKey.expires_at > func.now())
IS_SEEN_DUE = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < func.now() - SEEN)


@dataclass(frozen=True)
class Found:
    key: ApiKey
    role: Role
    is_expired: bool
    is_seen_due: bool
    lacks_second_factor: bool


def insert(session: Session, *, lifetime: timedelta, **values: Any) -> ApiKey:
    key = ApiKey(id=new_id(), expires_at=func.now() + lifetime, **values)
    session.add(key)
    session.flush()
    session.refresh(key)
    return key


def find_usable(session: Session, public_id: str) -> Found | None:
    """A key that was not ended, whose person may come in and belongs to its living workspace.

    One statement, because every request of a program waits for it.
    """
    row = session.execute(
        select(
            ApiKey,
            Membership.role,
            ApiKey.expires_at <= func.now(),
            IS_SEEN_DUE,
            LACKS_SECOND_FACTOR,
        )
        .join(User, User.id == ApiKey.user_id)
        .join(Workspace, Workspace.id == ApiKey.workspace_id)
        .join(
            Membership,
            and_(
                Membership.user_id == ApiKey.user_id,
                Membership.workspace_id == ApiKey.workspace_id,
            ),
        )
        .where(
            ApiKey.public_id == public_id,
            ApiKey.ended_at.is_(None),
            User.disabled_at.is_(None),
            Workspace.deleted_at.is_(None),
        )
    ).one_or_none()
    return Found(*row) if row else None


def touch(session: Session, key_id: UUID) -> None:
    session.execute(
        update(ApiKey)
        .where(ApiKey.id == key_id, IS_SEEN_DUE)
        .values(last_used_at=func.now())
        .execution_options(synchronize_session=False)
    )


def count_valid(session: Session, user_id: UUID, workspace_id: UUID) -> int:
    count = session.scalar(
        select(func.count())
        .select_from(ApiKey)
        .where(ApiKey.user_id == user_id, ApiKey.workspace_id == workspace_id, IS_VALID)
    )
    return count or 0


def list_own(
    session: Session,
    user_id: UUID,
    workspace_id: UUID,
    *,
    after: Cursor | None,
    limit: int,
) -> Sequence[ApiKey]:
    """Those that were not ended, the newest first; also expired ones, so that one sees why."""
    query = select(ApiKey).where(
        ApiKey.user_id == user_id, ApiKey.workspace_id == workspace_id, ApiKey.ended_at.is_(None)
    )
    query = newest_first(query, ApiKey.created_at, ApiKey.id, after=after, limit=limit)
    return session.scalars(query).all()


def end(session: Session, user_id: UUID, workspace_id: UUID, key_id: UUID) -> ApiKey | None:
    return session.scalar(
        update(ApiKey)
        .where(
            ApiKey.id == key_id,
            ApiKey.user_id == user_id,
            ApiKey.workspace_id == workspace_id,
            ApiKey.ended_at.is_(None),
        )
        .values(ended_at=func.now())
        .returning(ApiKey)
    )


def end_all_of(session: Session, user_id: UUID) -> Sequence[ApiKey]:
    """In every workspace; which ones those were."""
    return session.scalars(
        update(ApiKey)
        .where(ApiKey.user_id == user_id, ApiKey.ended_at.is_(None))
        .values(ended_at=func.now())
        .returning(ApiKey)
    ).all()


def find_own(session: Session, user_id: UUID, workspace_id: UUID, key_id: UUID) -> ApiKey | None:
    """One that was not ended."""
    return session.scalar(
        select(ApiKey).where(
            ApiKey.id == key_id,
            ApiKey.user_id == user_id,
            ApiKey.workspace_id == workspace_id,
            ApiKey.ended_at.is_(None),
        )
    )


def hand_over(session: Session, key_id: UUID, grace: timedelta) -> bool:
    """Let a valid key end soon, because a new one takes its place; once only."""
    handed = session.scalar(
        update(ApiKey)
        .where(ApiKey.id == key_id, ApiKey.rotated_at.is_(None), IS_VALID)
        .values(
            rotated_at=func.now(),
            expires_at=func.least(ApiKey.expires_at, func.now() + grace),
        )
        .returning(ApiKey.id)
        .execution_options(synchronize_session=False)
    )
    return handed is not None
