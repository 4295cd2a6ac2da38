"""Progress of one run: written at most once a second, shown to open pages, never in the way."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks import Lease
from ultra.kit.tasks.lease import Stopped, StopReason
from ultra.video.videos import repository as video_rows
from ultra.video.videos import service as videos
from ultra.video.videos.models import Video
from ultra.video.videos.states import Step, StepStatus, VideoStatus

log = get_logger()

# Percent of the whole work, from a 60 s clip of 1080p on two cores (bench/video_processing.py).
SHARES = {
    Step.INSPECT: 1.0,
    Step.ANALYSE: 12.0,
    Step.SCENES: 7.0,
    Step.RENDER: 75.0,
    Step.PACKAGE: 3.0,
    Step.THUMBNAILS: 2.0,
}
ORDER = list(Step)
PAUSE_SECONDS = 1.0


@contextmanager
def writing(lease: Lease, video_id: UUID) -> Iterator[tuple[Session, Video]]:
    """A transaction on the locked video. Raises Stopped when the run may not write any more.

    The video is locked before the job, as in every request that changes both: two orders would be
    a deadlock.
    """
    with transaction() as session:
        video = video_rows.find_for_work(session, video_id)
        lease.guard(session)
        if video is None or video.status is not VideoStatus.PROCESSING:
            lease.stop = StopReason.CANCELLED
            raise Stopped(StopReason.CANCELLED)
        yield session, video


class Progress:
    """Where the run stands. Calling it with 0 to 1 reports the present step."""

    def __init__(self, lease: Lease, video_id: UUID) -> None:
        self._lease, self._video_id = lease, video_id
        self._step = ORDER[0]
        self._began = self._told = time.monotonic()
        self._skipped = 0.0
        self._step_began = self._began

    def begin(self, step: Step) -> None:
        self._step, self._step_began = step, time.monotonic()
        self._write(0.0)

    def skip(self, step: Step) -> None:
        """Done by an earlier run: it must not count as speed."""
        self._skipped += SHARES[step]

    @property
    def step_seconds(self) -> float:
        return time.monotonic() - self._step_began

    def __call__(self, fraction: float) -> None:
        """Report; a fault here must not stop the work, a lost lease or a cancellation does."""
        if time.monotonic() - self._told < PAUSE_SECONDS:
            return
        try:
            self._write(min(max(fraction, 0.0), 1.0))
        except Stopped:
            pass  # noted in the lease; the step ends at its next look at it
        except SQLAlchemyError as error:
            log.warning("video.progress_not_written", error=str(error)[:200])

    def _write(self, fraction: float) -> None:
        self._told = time.monotonic()
        before = sum(SHARES[step] for step in ORDER[: ORDER.index(self._step)])
        percent = before + SHARES[self._step] * fraction
        self._lease.report(percent / 100, self._step)
        with writing(self._lease, self._video_id) as (session, video):
            video.step = self._step
            video.progress = round(percent, 1)
            video.time_left = self._time_left(percent)
            video.steps = [
                {**step, "status": StepStatus.RUNNING, "progress": round(fraction * 100, 1)}
                if step["name"] == self._step
                else step
                for step in video.steps
            ]
            videos.changed(session, video)

    def _time_left(self, percent: float) -> float | None:
        seconds, done = time.monotonic() - self._began, percent - self._skipped
        # Before that, the first seconds say nothing about the rest.
        if seconds < 3 or done < 3:
            return None
        return round(seconds / done * (100 - percent), 1)
