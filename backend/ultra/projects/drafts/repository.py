"""Every query about drafts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from ultra.projects.drafts.models import ReleaseDraft

Cursor = tuple[datetime, UUID]


def find(
    session: Session, workspace_id: UUID, project_id: UUID, draft_id: UUID
) -> ReleaseDraft | None:
    """Locked until the commit."""
    return session.scalar(
        select(ReleaseDraft)
        .where(
            ReleaseDraft.id == draft_id,
            ReleaseDraft.project_id == project_id,
            ReleaseDraft.workspace_id == workspace_id,
        )
        .with_for_update()
    )


def page(
    session: Session, workspace_id: UUID, project_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[ReleaseDraft]:
    query = select(ReleaseDraft).where(
        ReleaseDraft.project_id == project_id, ReleaseDraft.workspace_id == workspace_id
    )
    if after:
        query = query.where(tuple_(ReleaseDraft.created_at, ReleaseDraft.id) < after)
    query = query.order_by(ReleaseDraft.created_at.desc(), ReleaseDraft.id.desc()).limit(limit)
    return session.scalars(query).all()
