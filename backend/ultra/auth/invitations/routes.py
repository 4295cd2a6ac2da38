"""HTTP of invitations: for those who invite, and for those who hold a link."""

from typing import Any

from flask import request

from ultra.auth.invitations import service as invitations
from ultra.auth.invitations.schemas import (
    InvitationAccept,
    InvitationCreate,
    InvitationList,
    InvitationPath,
    InvitationRead,
    InvitationShown,
    InvitationTokenPath,
)
from ultra.auth.invitations.service import Invited
from ultra.auth.members.routes import go_on
from ultra.auth.users.preferences import Locale
from ultra.auth.users.schemas import Me
from ultra.kit import limits
from ultra.kit.access import Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes, caller_language
from ultra.kit.roles import Role

workspace_routes = Routes("auth", "invitations", prefix="/api/workspaces/current/invitations")
routes = Routes("auth", "invitation_links", prefix="/api/invitations")


@workspace_routes.route_to("get", "", access=Scope.MEMBERS_WRITE, returns=InvitationList)
def list_invitations() -> Any:
    """Invitations that nobody has accepted yet."""
    # Whoever sent one may have left the workspace since, and stands behind its wall.
    with read_only(across_workspaces=True) as session:
        found = invitations.list_all(session, current_actor())
        return {"items": [_shown(each) for each in found]}


@workspace_routes.route_to(
    "post", "", access=Scope.MEMBERS_WRITE, returns=InvitationRead, status=201
)
def create_invitation(body: InvitationCreate) -> Any:
    """Invite somebody by e-mail."""
    if body.role is Role.OWNER:
        require_recent()
    actor = current_actor()
    limits.check("invitation", str(actor.workspace_id))
    # Somebody who has an account is written to in their own language, wherever they belong.
    with transaction(across_workspaces=True) as session:
        locale = Locale(caller_language())
        return _shown(invitations.create(session, actor, body.email, body.role, locale))


@workspace_routes.route_to("delete", "/<uuid:invitation_id>", access=Scope.MEMBERS_WRITE)
def delete_invitation(path: InvitationPath) -> None:
    """Withdraw an invitation: its link works no more."""
    with transaction() as session:
        invitations.withdraw(session, current_actor(), path.invitation_id)


@workspace_routes.route_to(
    "post", "/<uuid:invitation_id>/resend", access=Scope.MEMBERS_WRITE, returns=InvitationRead
)
def resend_invitation(path: InvitationPath) -> Any:
    """Mail an invitation again; its week begins anew."""
    actor = current_actor()
    limits.check("invitation", str(actor.workspace_id))
    with transaction() as session:
        return _shown(invitations.resend(session, actor, path.invitation_id))


@routes.route_to("get", "/<token>", access=Scope.PUBLIC, returns=InvitationShown)
def get_invitation(path: InvitationTokenPath) -> Any:
    """What an invitation's link leads to."""
    limits.check("letter_address", limits.network_of(request.remote_addr))
    with read_only() as session:
        found = invitations.look_up(session, path.token)
        return InvitationShown(
            workspace=found.workspace.name,
            requires_second_factor=found.workspace.requires_second_factor,
            invited_by=found.inviter.name,
            role=found.invitation.role,
            email=found.invitation.email,
            expires_at=found.invitation.expires_at,
        )


@routes.route_to("post", "/<token>/accept", access=Scope.ACCOUNT, returns=Me)
def accept_invitation(path: InvitationTokenPath, body: InvitationAccept) -> Any:
    """Join the workspace and go on there."""
    limits.check("letter_address", limits.network_of(request.remote_addr))
    actor = current_actor()
    with transaction(across_workspaces=True) as session:
        workspace = invitations.accept(
            session, actor, path.token, confirms_other_address=body.confirm_other_address
        )
        return go_on(session, actor, workspace)


def _shown(invited: Invited) -> InvitationRead:
    invitation = invited.invitation
    return InvitationRead(
        id=invitation.id,
        email=invitation.email,
        role=invitation.role,
        invited_by=invited.inviter.name,
        created_at=invitation.created_at,
        sent_at=invitation.sent_at,
        expires_at=invitation.expires_at,
        is_expired=invited.is_expired,
    )
