"""The rules of workspaces and members. What changes who may do what acts on the next request.

Each change locks the workspace first: two owners who leave at the same time wait for each other,
and the second one is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.members.errors import (
    AlreadyOwner,
    LastOwner,
    MemberNotFound,
    NameNotRepeated,
    OwnSecondFactorMissing,
    RoleAboveOwn,
    TooManyWorkspaces,
    WorkspaceNotFound,
)
from ultra.auth.sessions import service as sessions
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.workspaces import repository
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.models import Membership, Workspace
from ultra.auth.workspaces.repository import Mine
from ultra.kit.access import Actor, Scope
from ultra.kit.errors import Forbidden
from ultra.kit.roles import Role, is_above, scopes_of
from ultra.kit.tasks.schedules import skip_missed

GRACE = timedelta(days=7)
"""For so long a deleted workspace can be brought back."""
MOST_WORKSPACES = 50
Facts = Mapping[str, object]


@dataclass(frozen=True)
class Member:
    user: User
    membership: Membership
    has_second_factor: bool | None
    """None where the caller is not to know."""


def list_mine(session: Session, actor: Actor) -> list[Mine]:
    """The caller's workspaces; deleted ones only for who may bring them back."""
    found = repository.list_of(session, actor.user_id)
    return [each for each in found if each.workspace.deleted_at is None or each.role is Role.OWNER]


def create(session: Session, actor: Actor, name: str) -> Workspace:
    """A further workspace of the caller, who goes on in the present one."""
    if repository.count_of(session, actor.user_id) >= MOST_WORKSPACES:
        raise TooManyWorkspaces(limit=MOST_WORKSPACES)
    workspace = workspaces.create_for(session, actor.user_id, name)
    _record(session, "workspace.created", workspace, {"name": name})
    return workspace


def rename(session: Session, actor: Actor, name: str) -> Workspace:
    workspace, _ = _lock(session, actor, Scope.WORKSPACE_WRITE)
    facts = {"from": workspace.name, "to": name}
    workspace.name = name
    _record(session, "workspace.renamed", workspace, facts)
    return workspace


def demand_second_factor(session: Session, actor: Actor, *, is_required: bool) -> Workspace:
    """Keep members without a second factor out from their next request on, or let them in again.

    Raises OwnSecondFactorMissing.
    """
    workspace, _ = _lock(session, actor, Scope.WORKSPACE_OWN)
    if is_required and not repository.has_factor(session, actor.user_id):
        raise OwnSecondFactorMissing
    if workspace.requires_second_factor is not is_required:
        workspace.requires_second_factor = is_required
        session.flush()
        for member in repository.list_memberships(session, workspace.id):
            sessions.apply_changes_of(session, member.user_id)
        _record(session, "workspace.second_factor_demanded", workspace, {"is_on": is_required})
    return workspace


def switch(session: Session, actor: Actor, workspace_id: UUID) -> Workspace:
    """Let the caller's session go on in another workspace. Raises WorkspaceNotFound."""
    workspace = repository.find_for(session, actor.user_id, workspace_id)
    if workspace is None:
        raise WorkspaceNotFound
    sessions.move(session, actor, workspace.id)
    _record(session, "workspace.entered", workspace, {})
    return workspace


def list_members(session: Session, actor: Actor) -> list[Member]:
    memberships = repository.list_memberships(session, actor.workspace_id)
    people = users.get_many(session, [each.user_id for each in memberships])
    protected = None
    if Scope.MEMBERS_WRITE in actor.scopes:
        protected = repository.list_with_second_factor(session, actor.workspace_id)
    return [
        Member(people[each.user_id], each, None if protected is None else each.user_id in protected)
        for each in memberships
        if each.user_id in people
    ]


def change_role(session: Session, actor: Actor, user_id: UUID, role: Role) -> Member:
    """Raises MemberNotFound, RoleAboveOwn, LastOwner."""
    workspace, own = _lock(session, actor, Scope.MEMBERS_WRITE)
    old = _role_of(session, workspace, user_id)
    if is_above(old, own) or is_above(role, own):
        raise RoleAboveOwn
    if old is not role:
        if old is Role.OWNER:
            _must_not_be_last(session, workspace)
        repository.set_role(session, workspace.id, user_id, role)
        sessions.apply_changes_of(session, user_id)
        _record_member(session, "member.role_changed", user_id, {"from": old, "to": role})
    return next(each for each in list_members(session, actor) if each.user.id == user_id)


def remove(session: Session, actor: Actor, user_id: UUID) -> None:
    """Take somebody out of the workspace. Raises MemberNotFound, RoleAboveOwn, LastOwner."""
    workspace, own = _lock(session, actor, Scope.MEMBERS_WRITE)
    role = _role_of(session, workspace, user_id)
    if is_above(role, own):
        raise RoleAboveOwn
    _take_out(session, workspace, user_id, role)
    _record_member(session, "member.removed", user_id, {"role": role})


def leave(session: Session, actor: Actor) -> Workspace:
    """Where the caller goes on. Raises LastOwner."""
    workspace, own = _lock(session, actor, Scope.ACCOUNT)
    new = _take_out(session, workspace, actor.user_id, own)
    _record_member(session, "member.left", actor.user_id, {"role": own})
    return new


def transfer(session: Session, actor: Actor, user_id: UUID) -> None:
    """Make another member the owner; the caller stays as an admin.

    Raises MemberNotFound, AlreadyOwner.
    """
    workspace, _ = _lock(session, actor, Scope.WORKSPACE_OWN)
    if _role_of(session, workspace, user_id) is Role.OWNER:
        raise AlreadyOwner
    repository.set_role(session, workspace.id, user_id, Role.OWNER)
    repository.set_role(session, workspace.id, actor.user_id, Role.ADMIN)
    for each in (user_id, actor.user_id):
        sessions.apply_changes_of(session, each)
    _record_member(session, "workspace.transferred", user_id, {"from": actor.user_id})


def delete(session: Session, actor: Actor, typed_name: str) -> Workspace:
    """Close the workspace; a week later it is removed. Where the caller goes on.

    Everybody's sessions go on in another of their workspaces. Its schedules and hooks stand still
    (they ask whether it lives). Raises NameNotRepeated.
    """
    workspace, _ = _lock(session, actor, Scope.WORKSPACE_OWN)
    if typed_name != workspace.name:
        raise NameNotRepeated
    memberships = repository.list_memberships(session, workspace.id)
    people = users.get_many(session, [each.user_id for each in memberships])
    repository.lock_memberships_of(session, list(people))
    repository.set_deleted(session, workspace.id, is_deleted=True)
    for user in people.values():
        _move_out(session, workspace.id, user)
    _record(session, "workspace.deleted", workspace, {"name": workspace.name})
    return workspaces.get_first_of(session, actor.user_id)


def restore(session: Session, actor: Actor, workspace_id: UUID) -> Workspace:
    """Bring back what was deleted; its schedules go on from now. Raises WorkspaceNotFound."""
    workspace = repository.lock_deleted(session, workspace_id, age=GRACE)
    role = repository.find_last_role(session, actor.user_id, workspace_id)
    if workspace is None or role is not Role.OWNER:
        raise WorkspaceNotFound
    repository.set_deleted(session, workspace_id, is_deleted=False)
    skip_missed(session, workspace_id)
    _record(session, "workspace.restored", workspace, {})
    return workspace


def join(session: Session, workspace_id: UUID, user_id: UUID, role: Role) -> None:
    """Let somebody in whom an invitation names; the caller has checked it."""
    repository.insert_membership(session, workspace_id, user_id, role)


def _lock(session: Session, actor: Actor, needed: Scope) -> tuple[Workspace, Role]:
    """The workspace, and what the caller is in it at this very moment, whatever was so before."""
    workspace = repository.lock(session, actor.workspace_id)
    own = repository.find_role(session, actor.user_id, actor.workspace_id)
    if workspace is None or own is None or needed not in scopes_of(own):
        raise Forbidden
    return workspace, own


def _role_of(session: Session, workspace: Workspace, user_id: UUID) -> Role:
    role = repository.find_role(session, user_id, workspace.id)
    if role is None:
        raise MemberNotFound
    return role


def _must_not_be_last(session: Session, workspace: Workspace) -> None:
    if repository.count_owners(session, workspace.id) < 2:
        raise LastOwner


def _take_out(session: Session, workspace: Workspace, user_id: UUID, role: Role) -> Workspace:
    if role is Role.OWNER:
        _must_not_be_last(session, workspace)
    repository.lock_memberships_of(session, [user_id])
    repository.remove_membership(session, workspace.id, user_id)
    return _move_out(session, workspace.id, users.get(session, user_id))


def _move_out(session: Session, workspace_id: UUID, user: User) -> Workspace:
    new = workspaces.keep_one(session, user.id, user.name)
    sessions.move_out(session, user.id, workspace_id, new.id)
    return new


def _record(
    session: Session, action: str, workspace: Workspace, facts: Mapping[str, object]
) -> None:
    audit.record(
        session,
        action,
        workspace_id=workspace.id,
        object_type="workspace",
        object_id=workspace.id,
        facts=facts,
    )


def _record_member(
    session: Session, action: str, user_id: UUID, facts: Mapping[str, object]
) -> None:
    audit.record(session, action, object_type="user", object_id=user_id, facts=facts)
