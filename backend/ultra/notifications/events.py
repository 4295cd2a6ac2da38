"""What this service announces; nobody stands above it, so it reacts to it by itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class EndpointDisabled:
    """We switched a workspace's endpoint off; `reason` is `failing` or `gone`."""

    endpoint_id: UUID
    workspace_id: UUID
    name: str
    reason: str
    at: datetime
