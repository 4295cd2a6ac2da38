"""Every query about drafts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ultra.kit.paging import Cursor, newest_first
from ultra.projects.drafts.models import ReleaseDraft


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
    query = newest_first(query, ReleaseDraft.created_at, ReleaseDraft.id, after=after, limit=limit)
    return session.scalars(query).all()
