"""Recurring work on uploads."""

from datetime import timedelta

from ultra.kit.tasks import Queue, task
from ultra.video.uploads import service as uploads


@task(
    "video.remove_expired_uploads",
    queue=Queue.GENERAL,
    title={"tr": "Yarım kalmış yüklemeleri sil", "en": "Remove abandoned uploads"},
    every=timedelta(minutes=15),
)
def remove_expired_uploads() -> None:
    while uploads.remove_expired():
        pass
