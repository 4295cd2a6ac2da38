"""What the projects service announces to the services above it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class GitHubReconnectNeeded:
    """GitHub does not accept a workspace's grant any more: a person has to connect anew."""

    connection_id: UUID
    workspace_id: UUID
    login: str
    at: datetime
