"""HTTP of workspaces and their members. All of it may concern more than the present workspace."""

from dataclasses import replace
from typing import Any

from flask import g
from sqlalchemy.orm import Session

from ultra.auth.members import service as members
from ultra.auth.members.schemas import (
    MemberList,
    MemberPath,
    MemberRead,
    MemberUpdate,
    MyWorkspace,
    MyWorkspaces,
    SecondFactorDemand,
    Transfer,
    WorkspaceCreate,
    WorkspaceDelete,
    WorkspacePath,
    WorkspaceUpdate,
)
from ultra.auth.members.service import Member
from ultra.auth.users import service as users
from ultra.auth.users.routes import show_me
from ultra.auth.users.schemas import Me
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.models import Workspace
from ultra.auth.workspaces.repository import Mine
from ultra.auth.workspaces.schemas import WorkspaceRead
from ultra.kit.access import Actor, Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import NotFound
from ultra.kit.http import Routes
from ultra.kit.roles import Role, is_above, scopes_of

routes = Routes("auth", "members", prefix="/api/workspaces")


@routes.route_to("get", "", access=Scope.ACCOUNT, returns=MyWorkspaces)
def list_workspaces() -> Any:
    """The workspaces that one belongs to."""
    actor = current_actor()
    with read_only(across_workspaces=True) as session:
        return {"items": [_mine(each, actor) for each in members.list_mine(session, actor)]}


@routes.route_to("post", "", access=Scope.ACCOUNT, returns=WorkspaceRead, status=201)
def create_workspace(body: WorkspaceCreate) -> Any:
    """Make a further workspace; one goes on in the present one."""
    with transaction(across_workspaces=True) as session:
        return WorkspaceRead.model_validate(members.create(session, current_actor(), body.name))


@routes.route_to("get", "/current", access=Scope.WORKSPACE_READ, returns=WorkspaceRead)
def get_workspace() -> Any:
    """The present workspace."""
    actor = current_actor()
    with read_only() as session:
        workspace = workspaces.get_for(session, actor.user_id, actor.workspace_id)
        return WorkspaceRead.model_validate(workspace)


@routes.route_to("patch", "/current", access=Scope.WORKSPACE_WRITE, returns=WorkspaceRead)
def update_workspace(body: WorkspaceUpdate) -> Any:
    """Give it another name."""
    with transaction() as session:
        return WorkspaceRead.model_validate(members.rename(session, current_actor(), body.name))


@routes.route_to("put", "/current/second-factor", access=Scope.WORKSPACE_OWN, returns=WorkspaceRead)
def demand_second_factor(body: SecondFactorDemand) -> Any:
    """Demand a second factor of every member, or no more; it acts on their next request."""
    require_recent()
    actor = current_actor()
    with transaction(across_workspaces=True) as session:
        changed = members.demand_second_factor(session, actor, is_required=body.is_required)
        return WorkspaceRead.model_validate(changed)


@routes.route_to("delete", "/current", access=Scope.WORKSPACE_OWN, returns=Me)
def delete_workspace(body: WorkspaceDelete) -> Any:
    """Close the workspace; for a week its owners can bring it back. One goes on in another."""
    require_recent()
    actor = current_actor()
    with transaction(across_workspaces=True) as session:
        return go_on(session, actor, members.delete(session, actor, body.name))


@routes.route_to("post", "/<uuid:workspace_id>/restore", access=Scope.ACCOUNT, returns=Me)
def restore_workspace(path: WorkspacePath) -> Any:
    """Bring back a deleted workspace, and go on there."""
    require_recent()
    actor = current_actor()
    with transaction(across_workspaces=True) as session:
        workspace = members.restore(session, actor, path.workspace_id)
        return go_on(session, actor, members.switch(session, actor, workspace.id))


@routes.route_to("post", "/<uuid:workspace_id>/switch", access=Scope.ACCOUNT, returns=Me)
def switch_workspace(path: WorkspacePath) -> Any:
    """Go on in another workspace."""
    actor = current_actor()
    with transaction(across_workspaces=True) as session:
        return go_on(session, actor, members.switch(session, actor, path.workspace_id))


@routes.route_to("post", "/current/leave", access=Scope.ACCOUNT, returns=Me)
def leave_workspace() -> Any:
    """Leave the workspace and go on in another; a new one is made for who has none."""
    actor = current_actor()
    with transaction(across_workspaces=True) as session:
        return go_on(session, actor, members.leave(session, actor))


@routes.route_to("post", "/current/transfer", access=Scope.WORKSPACE_OWN)
def transfer_workspace(body: Transfer) -> None:
    """Give the workspace to another member, and stay as an admin."""
    require_recent()
    with transaction(across_workspaces=True) as session:
        members.transfer(session, current_actor(), body.user_id)


@routes.route_to("get", "/current/members", access=Scope.WORKSPACE_READ, returns=MemberList)
def list_members() -> Any:
    """Everybody who belongs to the workspace."""
    actor = current_actor()
    # Whoever manages members sees who has no second factor; other people's lie behind a wall.
    with read_only(across_workspaces=Scope.MEMBERS_WRITE in actor.scopes) as session:
        own = _own_role(session, actor)
        return {
            "items": [_shown(each, actor, own) for each in members.list_members(session, actor)]
        }


@routes.route_to(
    "patch", "/current/members/<uuid:user_id>", access=Scope.MEMBERS_WRITE, returns=MemberRead
)
def update_member(path: MemberPath, body: MemberUpdate) -> Any:
    """Give a member another role; it acts on their next request."""
    if body.role is Role.OWNER:
        require_recent()
    actor = current_actor()
    with transaction(across_workspaces=True) as session:
        changed = members.change_role(session, actor, path.user_id, body.role)
        return _shown(changed, actor, _own_role(session, actor))


@routes.route_to("delete", "/current/members/<uuid:user_id>", access=Scope.MEMBERS_WRITE)
def remove_member(path: MemberPath) -> None:
    """Take somebody out of the workspace; it acts on their next request."""
    with transaction(across_workspaces=True) as session:
        members.remove(session, current_actor(), path.user_id)


def go_on(session: Session, actor: Actor, workspace: Workspace) -> Me:
    """Who the caller is from now on, in that workspace."""
    standing = workspaces.standing_in(session, actor.user_id, workspace.id)
    if standing is None:
        raise NotFound
    operates = actor.scopes & {Scope.OPERATE}
    there = replace(
        actor,
        workspace_id=workspace.id,
        scopes=scopes_of(standing.role) | operates,
        lacks_second_factor=standing.lacks_second_factor,
    )
    g.actor = there
    return show_me(session, there, users.get(session, actor.user_id))


def _own_role(session: Session, actor: Actor) -> Role:
    role = workspaces.role_in(session, actor.user_id, actor.workspace_id)
    if role is None:
        raise NotFound
    return role


def _mine(mine: Mine, actor: Actor) -> MyWorkspace:
    deleted_at = mine.workspace.deleted_at
    return MyWorkspace(
        id=mine.workspace.id,
        name=mine.workspace.name,
        role=mine.role,
        members=mine.members,
        created_at=mine.workspace.created_at,
        removed_at=deleted_at + members.GRACE if deleted_at else None,
        is_current=mine.workspace.id == actor.workspace_id,
    )


def _shown(member: Member, actor: Actor, own: Role) -> MemberRead:
    role = member.membership.role
    return MemberRead(
        user_id=member.user.id,
        name=member.user.name,
        email=member.user.email,
        role=role,
        joined_at=member.membership.created_at,
        is_self=member.user.id == actor.user_id,
        has_second_factor=member.has_second_factor,
        can_be_changed=Scope.MEMBERS_WRITE in actor.scopes and not is_above(role, own),
    )
