"""One run over a video: each step writes its result and is skipped when that is there already.

Claim, act, record: no transaction is open while ffmpeg or the network runs, and every write checks
that the job is still ours. So a killed worker's run is finished by another one, and a worker that
was frozen and wakes up cannot overwrite anything.
"""

import shutil
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ultra.kit.db import read_only, transaction
from ultra.kit.documents import DocumentExists, documents
from ultra.kit.events import announce
from ultra.kit.log import get_logger
from ultra.kit.storage import storage
from ultra.kit.tasks import Lease, is_taken_up_again
from ultra.kit.tasks.queue import CANCELLED, WORKER_DIED
from ultra.settings import settings
from ultra.video.analysis.models import VideoAnalysis
from ultra.video.events import VideoFailed, VideoReady
from ultra.video.media.refusal import Refused
from ultra.video.processing import repository
from ultra.video.processing.progress import Progress, writing
from ultra.video.processing.steps import STEPS, Run
from ultra.video.uploads import service as uploads
from ultra.video.videos import repository as video_rows
from ultra.video.videos import service as videos
from ultra.video.videos.errors import VideoNotFound
from ultra.video.videos.models import Video
from ultra.video.videos.states import ActivityKind, Step, StepStatus, VideoStatus

log = get_logger()


def process(lease: Lease, video_id: UUID) -> None:
    """Do all steps that are not done yet. Raises Stopped when called off or overtaken."""
    video = _begin(lease, video_id)
    if video is None:
        return
    _assemble(lease, video)
    progress = Progress(lease, video_id)
    folder = work_folder(video_id)
    folder.mkdir(parents=True, exist_ok=True)
    with read_only() as session:
        done = repository.results(session, video_id)
    with storage().as_file(uploads.original_key(video.workspace_id, video_id), folder) as source:
        run = Run(source, folder, done, progress, lease.should_stop)
        for step, make in STEPS.items():
            lease.check()
            if run.has(step):
                progress.skip(step)
                continue
            progress.begin(step)
            log.info("video.step_started", video_id=str(video_id), step=step)
            result = make(run)
            lease.check()
            if isinstance(result, Refused):
                _refuse(lease, video_id, step, result)
                return
            run.results[step] = result
            _record_step(lease, video_id, step, result, progress.step_seconds)
        _publish(lease, video, run)
    shutil.rmtree(folder, ignore_errors=True)


def give_up(video_id: UUID, error: str) -> None:
    """The job ended without a result: say so on the video, unless it waits for another one."""
    with transaction() as session:
        video = video_rows.find_for_work(session, video_id)
        if video is None or video.status not in video_rows.AT_WORK or is_taken_up_again(session):
            return
        if error == CANCELLED:
            videos.called_off(session, video)
        else:
            code = "processing_crashed" if error == WORKER_DIED else "processing_failed"
            _fail(session, video, code, {})
    shutil.rmtree(work_folder(video_id), ignore_errors=True)


def revive(session: Session, video_id: str) -> None:
    """A given-up job is to run again: make its video wait for it. Raises VideoNotRetryable."""
    video = video_rows.find_for_work(session, UUID(video_id))
    if video is None:
        raise VideoNotFound
    videos.wait_again(session, video)


def purge_deleted() -> int:
    """Remove for good what nobody brought back in time; how many videos."""
    with transaction() as session:
        found = videos.purgeable(session)
        for video in found:
            storage().delete(folder_of(video))
            uploads.remove(session, video.workspace_id, video.id)
            documents().delete(VideoAnalysis, video.workspace_id, video.id)
            shutil.rmtree(work_folder(video.id), ignore_errors=True)
            videos.record(session, "video.removed", video)
            session.delete(video)
            log.info("video.purged", video_id=str(video.id))
    return len(found)


def tidy() -> None:
    """Throw away what killed requests and cancelled runs left on this machine's disk."""
    oldest = time.time() - timedelta(hours=settings.video.deleted_keep_hours).total_seconds()
    for file in (settings.home / "incoming").glob("*"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
    for folder in (settings.home / "work").glob("*-*"):
        if folder.stat().st_mtime < oldest and not _is_at_work(UUID(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_at_work(video_id: UUID) -> bool:
    with read_only() as session:
        video = video_rows.find_any(session, video_id)
        return video is not None and video.status in video_rows.AT_WORK


def work_folder(video_id: UUID) -> Path:
    """Where a run keeps what later steps need; on this machine only."""
    return settings.home / "work" / str(video_id)


def folder_of(video: Video) -> str:
    return f"workspaces/{video.workspace_id}/videos/{video.id}"


def _begin(lease: Lease, video_id: UUID) -> Video | None:
    with transaction() as session:
        video = video_rows.find_for_work(session, video_id)
        lease.guard(session)
        if video is None or video.status not in video_rows.AT_WORK:
            return None
        video.status = VideoStatus.PROCESSING
        videos.reset_unfinished_steps(video)
        return videos.changed(session, video)


def _assemble(lease: Lease, video: Video) -> None:
    """Join an upload's pieces into the original, unless that was done."""
    if video.original_key is not None:
        return
    key = uploads.original_key(video.workspace_id, video.id)
    with read_only() as session:
        parts = uploads.parts_of(session, video.id)
    uploads.assemble(parts, key)
    if storage().size(key) != video.size:
        raise OSError(f"the original of {video.id} has {storage().size(key)} of {video.size} bytes")
    with writing(lease, video.id) as (_, row):
        row.original_key = key
    storage().delete(uploads.folder_of(video.workspace_id, video.id))


def _record_step(
    lease: Lease, video_id: UUID, step: Step, result: dict[str, Any], seconds: float
) -> None:
    with writing(lease, video_id) as (session, video):
        repository.save(session, video_id, step, result)
        _mark_done(video, step, seconds)
        if step is Step.INSPECT:
            video.duration, video.fps = result["duration"], result["fps"]
            video.width, video.height = result["width"], result["height"]
            video.has_audio = result["audio"] is not None
            video.warnings = list(result["warnings"])
        elif step is Step.ANALYSE:
            video.duration, video.fps = result["duration"], result["fps"]
            video.has_audio = result["loudness"] is not None
        elif step is Step.SCENES and result["method"] == "classical":
            video.warnings = [*video.warnings, "classical_detection"]
        videos.changed(session, video)


def _mark_done(video: Video, step: Step, seconds: float) -> None:
    done = {"status": StepStatus.DONE, "progress": 100.0, "seconds": round(seconds, 2)}
    video.steps = [{**each, **done} if each["name"] == step else each for each in video.steps]


def _refuse(lease: Lease, video_id: UUID, step: Step, refused: Refused) -> None:
    log.info("video.refused", video_id=str(video_id), step=step, code=refused.code)
    with writing(lease, video_id) as (session, video):
        _fail(session, video, refused.code.value, refused.params)
    shutil.rmtree(work_folder(video_id), ignore_errors=True)


def _fail(session: Session, video: Video, code: str, facts: dict[str, Any]) -> None:
    video.status = VideoStatus.FAILED
    video.error_code, video.error_facts = code, facts
    video.time_left = None
    video.steps = [
        {**step, "status": StepStatus.FAILED} if step["status"] == StepStatus.RUNNING else step
        for step in video.steps
    ]
    videos.note(session, video, ActivityKind.FAILED)
    announce(session, VideoFailed(video.id, video.workspace_id, code))
    videos.changed(session, video)


def _publish(lease: Lease, video: Video, run: Run) -> None:
    """Store the outputs under a name of this claim's own, then make them the video's result.

    A run that loses its lease in between leaves files that nobody refers to; the next run, whose
    claim has another number, removes them.
    """
    prefix = f"{folder_of(video)}/result-{lease.fence}"
    for name, path in run.outputs():
        storage().put_file(path, f"{prefix}/{name}")
    _save_document(video, run)
    with writing(lease, video.id) as (session, row):
        row.status = VideoStatus.COMPLETED
        row.step, row.progress, row.time_left = None, 100.0, None
        row.result, row.result_prefix = run.summary(), prefix
        row.warnings = [*row.warnings, *run.warnings()]
        row.completed_at = func.now()
        repository.forget(session, video.id)
        videos.note(session, row, ActivityKind.COMPLETED)
        announce(session, VideoReady(video.id, video.workspace_id))
        videos.changed(session, row)
    for key in storage().list(folder_of(video)):
        if key.startswith(f"{folder_of(video)}/result-") and not key.startswith(prefix + "/"):
            storage().remove(key)


def _save_document(video: Video, run: Run) -> None:
    scenes = run.results[Step.SCENES]
    found = VideoAnalysis(
        id=video.id,
        workspace_id=video.workspace_id,
        inspection=run.results[Step.INSPECT],
        analysis=run.results[Step.ANALYSE],
        scenes=scenes["scenes"],
        method=scenes["method"],
        render=run.results[Step.RENDER],
        package=run.results[Step.PACKAGE],
        thumbnails=run.results[Step.THUMBNAILS],
    )
    try:
        documents().insert(found)
    except DocumentExists:
        stored = documents().get(VideoAnalysis, video.workspace_id, video.id)
        documents().replace(found.model_copy(update={"version": stored.version}))
