"""The shapes of workspaces in responses."""

from datetime import datetime
from uuid import UUID

from ultra.kit.http import ResponseShape


class WorkspaceRead(ResponseShape):
    id: UUID
    name: str
    created_at: datetime
    requires_second_factor: bool
    """Whether members without an authenticator app and without a passkey are kept out."""
