"""Recurring work on workspaces."""

from datetime import timedelta

from ultra.auth.members import removal
from ultra.auth.workspaces import repository as workspaces
from ultra.kit.tasks import Queue, task
from ultra.kit.tasks.schedules import rest_where

rest_where(workspaces.is_resting)


@task(
    "auth.remove_deleted_workspaces",
    queue=Queue.GENERAL,
    title={"tr": "Silinen çalışma alanlarını kaldır", "en": "Remove deleted workspaces"},
    every=timedelta(hours=1),
)
def remove_deleted_workspaces() -> None:
    for workspace_id in removal.list_due():
        if removal.take_leave(workspace_id):
            removal.remove(workspace_id)
