"""The table of connections to GitHub."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.vault import SealedColumn
from ultra.projects.connections.states import ConnectionState


class GitHubConnection(Base, HasId, HasTimes):
    """One per workspace."""

    __tablename__ = "github_connections"

    workspace_id: Mapped[UUID] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), unique=True
    )
    connected_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    connected_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    state: Mapped[ConnectionState]
    account_id: Mapped[str]
    """GitHub's own number of the account: names there can be given to somebody else."""
    login: Mapped[str]
    sealed_tokens: Mapped[bytes]
    """Both tokens in one, as they are only ever replaced together."""
    token_expires_at: Mapped[datetime | None]
    """None for a GitHub App whose tokens do not expire."""
    refreshing_since: Mapped[datetime | None]
    """Set while one worker exchanges the refresh token, which works once."""
    next_look_at: Mapped[datetime] = mapped_column(server_default=text("now()"), index=True)
    limited_until: Mapped[datetime | None]
    """GitHub asked to be left alone until then."""


TOKENS = SealedColumn(GitHubConnection, "sealed_tokens")
