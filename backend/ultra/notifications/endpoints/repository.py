"""Every query about endpoints. All but those of background work take the workspace."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ultra.kit.paging import Cursor, newest_first
from ultra.notifications.endpoints.models import Endpoint
from ultra.notifications.kinds import Kind


def find(
    session: Session, workspace_id: UUID, endpoint_id: UUID, *, for_update: bool = False
) -> Endpoint | None:
    query = select(Endpoint).where(
        Endpoint.id == endpoint_id, Endpoint.workspace_id == workspace_id
    )
    return session.scalar(query.with_for_update() if for_update else query)


def find_for_work(session: Session, endpoint_id: UUID) -> Endpoint | None:
    """The row that a delivery works on, locked."""
    return session.scalar(select(Endpoint).where(Endpoint.id == endpoint_id).with_for_update())


def count(session: Session, workspace_id: UUID) -> int:
    query = select(func.count()).where(Endpoint.workspace_id == workspace_id)
    return session.scalar(query) or 0


def page(
    session: Session, workspace_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[Endpoint]:
    query = select(Endpoint).where(Endpoint.workspace_id == workspace_id)
    query = newest_first(query, Endpoint.created_at, Endpoint.id, after=after, limit=limit)
    return session.scalars(query).all()


def listening(session: Session, workspace_id: UUID, kind: Kind) -> list[Endpoint]:
    """The switched-on endpoints of a workspace that want this kind."""
    found = session.scalars(
        select(Endpoint)
        .where(Endpoint.workspace_id == workspace_id, Endpoint.is_enabled)
        .order_by(Endpoint.id)
    )
    return [endpoint for endpoint in found if not endpoint.kinds or kind in endpoint.kinds]
