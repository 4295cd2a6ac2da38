"""Background entry points of video processing."""

from datetime import timedelta
from uuid import UUID

from ultra.kit.tasks import Queue, current_lease, task
from ultra.video.processing import service as processing


@task(
    "video.process_video",
    queue=Queue.VIDEO,
    title={"tr": "Videoyu işle", "en": "Process a video"},
    failed="video.fail_video",
    # Four hours of film on a slow machine.
    limit=timedelta(hours=48),
    revive=processing.revive,
)
def process_video(video_id: str) -> None:
    processing.process(current_lease(), UUID(video_id))


@task(
    "video.fail_video",
    queue=Queue.GENERAL,
    title={"tr": "Videonun işlenemediğini yaz", "en": "Note that a video was not processed"},
)
def fail_video(video_id: str, error: str) -> None:
    processing.give_up(UUID(video_id), error)


@task(
    "video.purge_deleted_videos",
    queue=Queue.GENERAL,
    title={"tr": "Silinen videoların dosyalarını kaldır", "en": "Remove files of deleted videos"},
    every=timedelta(minutes=15),
)
def purge_deleted_videos() -> None:
    while processing.purge_deleted():
        pass
    processing.tidy()
