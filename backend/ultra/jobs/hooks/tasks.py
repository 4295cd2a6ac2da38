"""Recurring work on hooks."""

from datetime import timedelta

from ultra.jobs.hooks import service as hooks
from ultra.kit.db import transaction
from ultra.kit.tasks import Queue, task


@task(
    "jobs.remove_old_hook_calls",
    queue=Queue.GENERAL,
    every=timedelta(hours=6),
    title={
        "tr": "Eski webhook çağrılarının kaydını sil",
        "en": "Remove the record of old webhook calls",
    },
)
def remove_old_hook_calls() -> dict[str, int]:
    removed = 0
    while True:
        with transaction() as session:
            count = hooks.remove_old_calls(session)
        if not count:
            return {"removed": removed}
        removed += count
