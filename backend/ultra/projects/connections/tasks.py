"""Background entry points of the connection to GitHub."""

from datetime import timedelta
from uuid import UUID

from ultra.auth import public as auth
from ultra.kit.tasks import Queue, task
from ultra.projects.connections import service as connections


@task(
    connections.LEAVE,
    queue=Queue.API,
    title={"tr": "GitHub iznini geri ver", "en": "Give the grant back to GitHub"},
    failed="projects.forget_github",
    attempts=6,
    delays=[timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)],
)
def leave_github(connection_id: str) -> None:
    connections.leave(UUID(connection_id))


@task(
    "projects.forget_github",
    queue=Queue.GENERAL,
    title={"tr": "GitHub bağlantısını sil", "en": "Remove the connection to GitHub"},
)
def forget_github(connection_id: str, _error: str) -> None:
    """GitHub could not be told; its tokens are destroyed all the same."""
    connections.forget(UUID(connection_id))


@auth.before_removal
def give_github_back(workspace_id: UUID) -> None:
    """While its tokens still open: with the workspace's rows they are gone."""
    connections.take_leave(workspace_id)
