"""Every query for workspaces."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ultra.auth.workspaces.models import Membership, Workspace
from ultra.kit.roles import Role


def insert(session: Session, name: str, owner_id: UUID) -> Workspace:
    workspace = Workspace(name=name)
    session.add(workspace)
    session.flush()
    session.add(Membership(workspace_id=workspace.id, user_id=owner_id, role=Role.OWNER))
    session.flush()
    return workspace


def find_for(session: Session, user_id: UUID, workspace_id: UUID) -> Workspace | None:
    """The workspace, if this person belongs to it."""
    return session.scalar(
        select(Workspace)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(Workspace.id == workspace_id, Membership.user_id == user_id)
    )


def find_role(session: Session, user_id: UUID, workspace_id: UUID) -> Role | None:
    return session.scalar(
        select(Membership.role).where(
            Membership.workspace_id == workspace_id, Membership.user_id == user_id
        )
    )


def find_first_of(session: Session, user_id: UUID) -> Workspace | None:
    return session.scalar(
        select(Workspace)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.created_at, Workspace.id)
        .limit(1)
    )


def members_of(session: Session, workspace_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Pairs of a workspace and a person who belongs to it."""
    pairs = session.execute(
        select(Membership.workspace_id, Membership.user_id)
        .where(Membership.workspace_id.in_(workspace_ids))
        .order_by(Membership.created_at, Membership.user_id)
    )
    return [(workspace_id, user_id) for workspace_id, user_id in pairs]


def member_ids(session: Session, workspace_id: UUID) -> list[UUID]:
    return list(
        session.scalars(
            select(Membership.user_id)
            .where(Membership.workspace_id == workspace_id)
            .order_by(Membership.created_at, Membership.user_id)
        )
    )
