"""The rules of invitations: who may invite whom as what, and how one is accepted."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.invitations import repository, tokens
from ultra.auth.invitations.errors import (
    AlreadyInvited,
    AlreadyMember,
    InvitationForOtherAddress,
    InvitationNotFound,
    TooManyInvitations,
)
from ultra.auth.invitations.models import Invitation
from ultra.auth.members import service as members
from ultra.auth.members.errors import RoleAboveOwn
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale
from ultra.auth.workspaces import repository as workspace_rows
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.models import Workspace
from ultra.kit.access import Actor, Scope
from ultra.kit.clock import now
from ultra.kit.errors import Forbidden
from ultra.kit.roles import Role, is_above, scopes_of
from ultra.kit.tasks import Priority, enqueue

SEND = "auth.send_invitation"
LIFE = timedelta(days=7)
KEEP_EXPIRED = timedelta(days=30)
LIMIT = 100
"""Open invitations of one workspace."""


@dataclass(frozen=True)
class Invited:
    """An invitation with the names that people know."""

    invitation: Invitation
    workspace: Workspace
    inviter: User

    @property
    def is_expired(self) -> bool:
        return self.invitation.expires_at <= now()


def list_all(session: Session, actor: Actor) -> list[Invited]:
    found = repository.list_all(session, actor.workspace_id)
    people = users.get_many(session, {each.invited_by for each in found})
    workspace = workspaces.get_for(session, actor.user_id, actor.workspace_id)
    return [Invited(each, workspace, people[each.invited_by]) for each in found]


def create(session: Session, actor: Actor, email: str, role: Role, locale: Locale) -> Invited:
    """Invite somebody, by a mail that goes out after the commit.

    Raises RoleAboveOwn, AlreadyMember, AlreadyInvited, TooManyInvitations.
    """
    _must_outrank(session, actor, role)
    if repository.count(session, actor.workspace_id) >= LIMIT:
        raise TooManyInvitations(limit=LIMIT)
    known = users.find_by_email(session, email)
    if known and workspaces.role_in(session, known.id, actor.workspace_id):
        raise AlreadyMember
    invitation = repository.insert_if_new(
        session,
        workspace_id=actor.workspace_id,
        email=email,
        email_key=users.key_of(email),
        role=role,
        invited_by=actor.user_id,
        locale=known.locale if known else locale,
        life=LIFE,
    )
    if invitation is None:
        raise AlreadyInvited
    _send(session, invitation)
    _record(session, "invitation.sent", invitation)
    return _named(session, invitation)


def resend(session: Session, actor: Actor, invitation_id: UUID) -> Invited:
    """Mail it again; the week begins anew. Raises InvitationNotFound, RoleAboveOwn."""
    invitation = _get(session, actor, invitation_id)
    _must_outrank(session, actor, invitation.role)
    # It stands for whoever sends it now: the one who did at first may be gone.
    invitation.invited_by = actor.user_id
    repository.renew(session, invitation, LIFE)
    _send(session, invitation)
    _record(session, "invitation.resent", invitation)
    return _named(session, invitation)


def withdraw(session: Session, actor: Actor, invitation_id: UUID) -> None:
    """Raises InvitationNotFound."""
    invitation = _get(session, actor, invitation_id)
    _record(session, "invitation.withdrawn", invitation)
    repository.remove(session, invitation)


def look_up(session: Session, token: str) -> Invited:
    """What the link leads to. Raises InvitationNotFound.

    Also when the inviter left, lost the right to give that role, or their account was closed: they
    cannot let anybody in.
    """
    invitation_id = tokens.read(token)
    invitation = repository.find_open(session, invitation_id) if invitation_id else None
    if invitation is None:
        raise InvitationNotFound
    role = workspaces.role_in(session, invitation.invited_by, invitation.workspace_id)
    if role is None or Scope.MEMBERS_WRITE not in scopes_of(role):
        raise InvitationNotFound
    if is_above(invitation.role, role):
        raise InvitationNotFound
    if users.get(session, invitation.invited_by).disabled_at:
        raise InvitationNotFound
    return _named(session, invitation)


def accept(
    session: Session, actor: Actor, token: str, *, confirms_other_address: bool
) -> Workspace:
    """Join the workspace and go on there.

    Raises InvitationNotFound, AlreadyMember, InvitationForOtherAddress.
    """
    found = look_up(session, token)
    invitation = found.invitation
    person = users.get(session, actor.user_id)
    is_own_address = person.email_key == invitation.email_key
    if not is_own_address and not confirms_other_address:
        raise InvitationForOtherAddress(email=invitation.email)
    if workspace_rows.lock(session, found.workspace.id) is None:
        raise InvitationNotFound
    if workspaces.role_in(session, person.id, found.workspace.id):
        raise AlreadyMember
    if not repository.take(session, invitation.id):
        raise InvitationNotFound
    members.join(session, found.workspace.id, person.id, invitation.role)
    audit.record(
        session,
        "member.joined",
        workspace_id=found.workspace.id,
        object_type="user",
        object_id=person.id,
        facts={
            "role": invitation.role,
            "invited_by": invitation.invited_by,
            "email": invitation.email,
            "is_own_address": is_own_address,
        },
    )
    return members.switch(session, actor, found.workspace.id)


def find_for_mail(session: Session, invitation_id: UUID) -> Invited | None:
    """None when it was withdrawn, accepted or has expired before its mail was written."""
    invitation = repository.find_open(session, invitation_id)
    return _named(session, invitation) if invitation else None


def remove_expired(session: Session) -> int:
    return repository.remove_expired(session, KEEP_EXPIRED)


def _must_outrank(session: Session, actor: Actor, role: Role) -> None:
    own = workspaces.role_in(session, actor.user_id, actor.workspace_id)
    if own is None or Scope.MEMBERS_WRITE not in scopes_of(own):
        raise Forbidden
    if is_above(role, own):
        raise RoleAboveOwn


def _get(session: Session, actor: Actor, invitation_id: UUID) -> Invitation:
    invitation = repository.find(session, actor.workspace_id, invitation_id)
    if invitation is None:
        raise InvitationNotFound
    return invitation


def _named(session: Session, invitation: Invitation) -> Invited:
    workspace = workspace_rows.find(session, invitation.workspace_id)
    if workspace is None or workspace.deleted_at is not None:
        raise InvitationNotFound
    return Invited(invitation, workspace, users.get(session, invitation.invited_by))


def _send(session: Session, invitation: Invitation) -> None:
    enqueue(
        session,
        SEND,
        invitation.id,
        priority=Priority.HIGH,
        workspace_id=invitation.workspace_id,
        subject_id=invitation.id,
    )


def _record(session: Session, action: str, invitation: Invitation) -> None:
    audit.record(
        session,
        action,
        object_type="invitation",
        object_id=invitation.id,
        facts={"email": invitation.email, "role": invitation.role},
    )
