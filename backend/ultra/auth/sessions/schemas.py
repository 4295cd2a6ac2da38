"""The shapes of sessions in requests and responses."""

from datetime import datetime
from uuid import UUID

from ultra.auth.users.schemas import UserRead
from ultra.auth.workspaces.schemas import WorkspaceRead
from ultra.kit.http import RequestShape, ResponseShape


class SignedIn(ResponseShape):
    """`token` is the access token, for callers that send it as a bearer instead of the cookie."""

    token: str
    user: UserRead
    workspace: WorkspaceRead


class CsrfToken(ResponseShape):
    """What changing requests with cookies send as X-CSRF-Token."""

    token: str


class SessionRead(ResponseShape):
    id: UUID
    device: str
    ip: str
    place: str
    """`This network`, or the address without its last part."""
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


class SessionPage(ResponseShape):
    """Where one is signed in, the newest first."""

    items: list[SessionRead]
    next_cursor: str | None


class SessionPath(RequestShape):
    session_id: UUID
