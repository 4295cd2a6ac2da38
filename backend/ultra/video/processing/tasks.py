"""Background entry points of video processing."""

from datetime import timedelta
from uuid import UUID

from ultra.kit.tasks import Queue, current_lease, task
from ultra.video.processing import service as processing


@task("video.process_video", queue=Queue.VIDEO, failed="video.fail_video")
def process_video(video_id: str) -> None:
    processing.process(current_lease(), UUID(video_id))


@task("video.fail_video", queue=Queue.GENERAL)
def fail_video(video_id: str, error: str) -> None:
    processing.give_up(UUID(video_id), error)


@task("video.purge_deleted_videos", queue=Queue.GENERAL, every=timedelta(minutes=15))
def purge_deleted_videos() -> None:
    while processing.purge_deleted():
        pass
    processing.tidy()
