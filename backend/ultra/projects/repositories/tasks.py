"""Background entry points of repositories."""

from datetime import timedelta
from uuid import UUID

from ultra.kit.tasks import Queue, current_lease, task
from ultra.projects.repositories import refreshing
from ultra.projects.repositories.service import REFRESH


@task(
    "projects.start_refreshing",
    queue=Queue.GENERAL,
    every=timedelta(minutes=1),
    title={"tr": "Zamanı gelen depolara bak", "en": "Look for repositories that are due"},
)
def start_refreshing() -> dict[str, int]:
    return {"started": refreshing.start_due()}


@task(
    REFRESH,
    queue=Queue.API,
    title={"tr": "GitHub depolarını yenile", "en": "Refresh repositories of GitHub"},
)
def refresh_repositories(connection_id: str) -> dict[str, int]:
    return refreshing.refresh(current_lease(), UUID(connection_id))
