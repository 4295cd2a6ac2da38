"""Recurring work on jobs."""

from datetime import timedelta

from ultra.jobs.jobs import service as jobs
from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks import Queue, task

log = get_logger()


@task(
    "jobs.purge_old_jobs",
    queue=Queue.GENERAL,
    every=timedelta(hours=1),
    title={"tr": "Eski işleri ve günlüklerini sil", "en": "Remove old jobs and their logs"},
)
def purge_old_jobs() -> dict[str, int]:
    removed = 0
    while True:
        with transaction() as session:
            count = jobs.purge(session)
        if not count:
            return {"removed": removed}
        removed += count
