"""The shapes of invitations in requests and responses."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ultra.auth.users.schemas import Email
from ultra.kit.http import RequestShape, ResponseShape
from ultra.kit.roles import Role


class InvitationCreate(RequestShape):
    email: Email
    role: Role = Role.VIEWER


class InvitationPath(RequestShape):
    invitation_id: UUID


class InvitationTokenPath(RequestShape):
    token: Annotated[str, StringConstraints(max_length=200), Field(repr=False)]


class InvitationAccept(RequestShape):
    confirm_other_address: bool = False
    """Says that one knows that the invitation went to another address than one's own."""


class InvitationRead(ResponseShape):
    id: UUID
    email: str
    role: Role
    invited_by: str
    """Their name."""
    created_at: datetime
    sent_at: datetime
    expires_at: datetime
    is_expired: bool


class InvitationList(ResponseShape):
    """Invitations that nobody has accepted yet, the newest first."""

    items: list[InvitationRead]


class InvitationShown(ResponseShape):
    """What somebody who holds the link learns before they accept."""

    workspace: str
    requires_second_factor: bool
    """Whether one needs an authenticator app or a passkey to work there."""
    invited_by: str
    role: Role
    email: str
    expires_at: datetime
