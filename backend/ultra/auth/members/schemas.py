"""The shapes of workspaces and members in requests and responses."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from ultra.auth.users.schemas import Name
from ultra.kit.http import RequestShape, ResponseShape
from ultra.kit.roles import Role


class WorkspaceCreate(RequestShape):
    name: Name


class WorkspaceUpdate(RequestShape):
    name: Name


class SecondFactorDemand(RequestShape):
    is_required: bool


class WorkspaceDelete(RequestShape):
    name: Annotated[str, StringConstraints(max_length=200)]
    """The workspace's name, typed again: so that nobody deletes the wrong one."""


class WorkspacePath(RequestShape):
    workspace_id: UUID


class MemberPath(RequestShape):
    user_id: UUID


class MemberUpdate(RequestShape):
    role: Role


class Transfer(RequestShape):
    user_id: UUID


class MyWorkspace(ResponseShape):
    id: UUID
    name: str
    role: Role
    """One's own role in it."""
    members: int
    created_at: datetime
    removed_at: datetime | None
    """Set when it was deleted: until then its owners can bring it back."""
    is_current: bool


class MyWorkspaces(ResponseShape):
    """All of them, in the order in which one came to them."""

    items: list[MyWorkspace]


class MemberRead(ResponseShape):
    user_id: UUID
    name: str
    email: str
    role: Role
    joined_at: datetime
    is_self: bool
    has_second_factor: bool | None
    """An authenticator app or a passkey; null for callers who do not manage members."""
    can_be_changed: bool
    """Whether the caller may change the role, or remove the member."""


class MemberList(ResponseShape):
    """Everybody who belongs to the workspace, in the order in which they came."""

    items: list[MemberRead]
