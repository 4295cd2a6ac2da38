"""What the members of a workspace may do, by their role. Whatever is not named here is denied."""

from enum import StrEnum

from ultra.kit.access import Scope


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    """Everything but giving the workspace away or deleting it."""
    EDITOR = "editor"
    """Makes: videos, projects, content."""
    PUBLISHER = "publisher"
    """Approves and publishes what others made."""
    ANALYST = "analyst"
    """Looks at everything and takes reports along."""
    VIEWER = "viewer"


_LOOKS = frozenset(
    {
        Scope.ACCOUNT,
        Scope.NOTIFICATIONS,
        Scope.WORKSPACE_READ,
        Scope.VIDEO_READ,
        Scope.PROJECTS_READ,
        Scope.JOBS_READ,
    }
)
_MAKES = _LOOKS | {Scope.VIDEO_WRITE, Scope.PROJECTS_WRITE, Scope.JOBS_WRITE}
_RUNS = _MAKES | {
    Scope.WORKSPACE_WRITE,
    Scope.MEMBERS_WRITE,
    Scope.AUDIT_READ,
    Scope.CONNECTIONS_WRITE,
    Scope.WEBHOOKS_WRITE,
}
_SCOPES = {
    Role.OWNER: _RUNS | {Scope.WORKSPACE_OWN},
    Role.ADMIN: _RUNS,
    Role.EDITOR: _MAKES,
    Role.PUBLISHER: _LOOKS,
    Role.ANALYST: _LOOKS,
    Role.VIEWER: _LOOKS,
}
_RANKS = (Role.VIEWER, Role.ANALYST, Role.PUBLISHER, Role.EDITOR, Role.ADMIN, Role.OWNER)


def scopes_of(role: Role) -> frozenset[Scope]:
    """Everything that this role may do in its workspace."""
    return _SCOPES[role]


def is_above(role: Role, other: Role) -> bool:
    """Whether the first role may do more than the second one."""
    return _RANKS.index(role) > _RANKS.index(other)
