"""Every query about connections to GitHub."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.projects.connections.models import GitHubConnection
from ultra.projects.connections.states import ConnectionState


def find_of(
    session: Session, workspace_id: UUID, *, for_update: bool = False
) -> GitHubConnection | None:
    """The workspace's connection, in whatever state."""
    query = select(GitHubConnection).where(GitHubConnection.workspace_id == workspace_id)
    return session.scalar(query.with_for_update() if for_update else query)


def find(
    session: Session, connection_id: UUID, *, for_update: bool = False
) -> GitHubConnection | None:
    """Whoever it belongs to: for the jobs that work on it."""
    query = select(GitHubConnection).where(GitHubConnection.id == connection_id)
    return session.scalar(query.with_for_update() if for_update else query)


def has_account(session: Session, account_id: str, *, but: UUID | None = None) -> bool:
    """Whether a connection, of whatever workspace, reads by the grant of this account."""
    query = select(GitHubConnection.id).where(
        GitHubConnection.account_id == account_id,
        GitHubConnection.state == ConnectionState.CONNECTED,
    )
    if but is not None:
        query = query.where(GitHubConnection.id != but)
    return session.scalar(query.limit(1)) is not None


def clock(session: Session) -> datetime:
    return session.scalars(select(func.now())).one()


def due(session: Session, limit: int) -> Sequence[GitHubConnection]:
    """Connections that it is time to look at; locked, and left out where somebody else has them.

    Those of a workspace that rests wait until it comes back.
    """
    return session.scalars(
        select(GitHubConnection)
        .where(
            GitHubConnection.state == ConnectionState.CONNECTED,
            GitHubConnection.next_look_at <= func.now(),
            ~auth.is_resting(GitHubConnection.workspace_id),
        )
        .order_by(GitHubConnection.next_look_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
