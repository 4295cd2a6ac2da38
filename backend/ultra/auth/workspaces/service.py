"""The rules of workspaces that every other noun rests on; `members` lets people change things."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.workspaces import repository
from ultra.auth.workspaces.models import Workspace
from ultra.auth.workspaces.repository import Standing
from ultra.kit.errors import NotFound
from ultra.kit.roles import Role


def create_for(session: Session, user_id: UUID, name: str) -> Workspace:
    """A person's own workspace; the first one carries their name."""
    return repository.insert(session, name, user_id)


def get_for(session: Session, user_id: UUID, workspace_id: UUID) -> Workspace:
    """Raises NotFound, also when the person does not belong to it."""
    workspace = repository.find_for(session, user_id, workspace_id)
    if workspace is None:
        raise NotFound
    return workspace


def role_in(session: Session, user_id: UUID, workspace_id: UUID) -> Role | None:
    """A person's role there; None for somebody who does not belong to it, or if it is deleted."""
    return repository.find_role(session, user_id, workspace_id)


def standing_in(session: Session, user_id: UUID, workspace_id: UUID) -> Standing | None:
    """The role, and whether they are kept out; one query for both. None as with `role_in`."""
    return repository.find_standing(session, user_id, workspace_id)


def lives(session: Session, workspace_id: UUID) -> bool:
    """Whether there is such a workspace, nobody has deleted it, and somebody can look after it."""
    return repository.lives(session, workspace_id)


def names_of(session: Session, user_id: UUID) -> dict[UUID, str]:
    """What the workspaces that a person may go to are called."""
    return repository.names_of(session, user_id)


def get_first_of(session: Session, user_id: UUID) -> Workspace:
    """Where a person lands after signing in. Raises NotFound."""
    workspace = repository.find_first_of(session, user_id)
    if workspace is None:
        raise NotFound
    return workspace


def keep_one(session: Session, user_id: UUID, user_name: str) -> Workspace:
    """Where somebody goes who lost a workspace: another of theirs, or a new one if it was the last.

    The caller holds the person's memberships, so nobody takes away that other one meanwhile.
    """
    found = repository.find_first_of(session, user_id)
    return found or repository.insert(session, user_name, user_id)


def members_of(session: Session, workspace_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Who is told what happens there: members whose account is open and whom nothing keeps out."""
    found: dict[UUID, list[UUID]] = {workspace_id: [] for workspace_id in workspace_ids}
    for workspace_id, user_id in repository.members_of(session, workspace_ids):
        found[workspace_id].append(user_id)
    return found


def member_ids(session: Session, workspace_id: UUID) -> list[UUID]:
    return members_of(session, [workspace_id])[workspace_id]
