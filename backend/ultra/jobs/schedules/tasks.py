"""Background entry points of schedules."""

from uuid import UUID

from ultra.jobs.schedules import service as schedules
from ultra.kit.tasks import Queue, current_lease, task


@task(
    schedules.START_OFFER,
    queue=Queue.GENERAL,
    title={"tr": "Zamanlanan işi başlat", "en": "Start scheduled work"},
)
def start_offer(name: str, workspace_id: str, given: dict[str, object]) -> dict[str, str | None]:
    started = schedules.start_offer(current_lease(), name, UUID(workspace_id), given)
    return {"job_id": str(started) if started else None}
