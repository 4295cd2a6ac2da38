"""The rules of videos: what may happen to one, and who hears of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit import live, tasks
from ultra.kit.access import Actor
from ultra.kit.errors import LANGUAGES
from ultra.kit.paging import Cursor
from ultra.kit.tasks import Priority, Trigger
from ultra.settings import settings
from ultra.video.videos import repository
from ultra.video.videos.errors import (
    VideoAtWork,
    VideoNotCancellable,
    VideoNotDeleted,
    VideoNotFound,
    VideoNotRetryable,
    VideoStillStopping,
)
from ultra.video.videos.models import Video, VideoActivity, waiting_steps
from ultra.video.videos.presentation import present
from ultra.video.videos.states import ActivityKind, StepStatus, VideoStatus

PROCESS = "video.process_video"
PURGE_BATCH = 20


def get(session: Session, actor: Actor, video_id: UUID) -> Video:
    """Raises VideoNotFound, also for another workspace's video."""
    return _found(repository.find(session, actor.workspace_id, video_id))


def page(
    session: Session,
    actor: Actor,
    *,
    status: VideoStatus | None,
    search: str | None,
    after: Cursor | None,
    limit: int,
) -> Sequence[Video]:
    return repository.page(
        session, actor.workspace_id, status=status, search=search, after=after, limit=limit
    )


def add(session: Session, video: Video) -> Video:
    """Take in a video whose bytes are safe, and have it processed."""
    video.status = VideoStatus.UPLOADED
    session.add(video)
    session.flush()
    session.refresh(video)
    note(session, video, ActivityKind.UPLOADED)
    _start(session, video)
    show(session, video, "video.created")
    return video


def rename(session: Session, actor: Actor, video_id: UUID, title: str) -> Video:
    video = _lock(session, actor, video_id)
    video.title = title
    return changed(session, video)


def cancel(session: Session, actor: Actor, video_id: UUID) -> Video:
    """Stop the work; a worker that is rendering notices within two seconds."""
    video = _lock(session, actor, video_id)
    if video.status not in repository.AT_WORK:
        raise VideoNotCancellable
    _stop(session, video)
    return called_off(session, video)


def called_off(session: Session, video: Video) -> Video:
    """Its job was called off: say so on the video."""
    video.status = VideoStatus.CANCELLED
    video.time_left = None
    note(session, video, ActivityKind.CANCELLED)
    return changed(session, video)


def retry(session: Session, actor: Actor, video_id: UUID) -> Video:
    """Process again; steps that were done stay done."""
    video = wait_again(session, _lock(session, actor, video_id))
    _start(session, video)
    return changed(session, video)


def process_again(
    session: Session, workspace_id: UUID, video_id: UUID, trigger: Trigger, trigger_key: str
) -> UUID:
    """Process a video anew, also one that is completed; its job. Raises VideoAtWork."""
    video = _found(repository.find(session, workspace_id, video_id, for_update=True))
    if video.status in repository.AT_WORK:
        raise VideoAtWork
    if video.status is VideoStatus.COMPLETED:
        # Its single results are gone, so nothing can be skipped.
        video.steps, video.warnings, video.progress = waiting_steps(), [], 0.0
    _queue(session, video)
    return _start(session, video, trigger=trigger, trigger_key=trigger_key)


def wait_again(session: Session, video: Video) -> Video:
    """Make a failed or cancelled video wait for another run. Raises VideoNotRetryable."""
    if video.status not in (VideoStatus.FAILED, VideoStatus.CANCELLED):
        raise VideoNotRetryable
    return _queue(session, video)


def _queue(session: Session, video: Video) -> Video:
    video.error_code = video.error_facts = None
    video.completed_at = None
    video.status = VideoStatus.QUEUED
    reset_unfinished_steps(video)
    note(session, video, ActivityKind.RETRIED)
    return changed(session, video)


def delete(session: Session, actor: Actor, video_id: UUID) -> None:
    """Hide it; `restore` brings it back until `purge` has removed the files."""
    video = _lock(session, actor, video_id)
    if video.status in repository.AT_WORK:
        _stop(session, video)
        video.status = VideoStatus.CANCELLED
        video.time_left = None
    video.deleted_at = func.now()
    note(session, video, ActivityKind.DELETED)
    record(session, "video.deleted", video)
    people = auth.member_ids(session, video.workspace_id)
    data = {"id": str(video.id)}
    live.tell(session, people, "video.deleted", data, workspace_id=video.workspace_id)


def restore(session: Session, actor: Actor, video_id: UUID) -> Video:
    """Undo a delete."""
    video = _found(
        repository.find(session, actor.workspace_id, video_id, for_update=True, with_deleted=True)
    )
    if video.deleted_at is None:
        raise VideoNotDeleted
    video.deleted_at = None
    note(session, video, ActivityKind.RESTORED)
    record(session, "video.restored", video)
    changed(session, video, "video.created")
    return video


def purgeable(session: Session) -> Sequence[Video]:
    """Deleted videos whose time to be brought back is over; locked until the commit."""
    return repository.purgeable(
        session, timedelta(hours=settings.video.deleted_keep_hours), PURGE_BATCH
    )


def reset_unfinished_steps(video: Video) -> None:
    """Steps that were not done start anew."""
    video.steps = [
        step if step["status"] == StepStatus.DONE else fresh
        for step, fresh in zip(video.steps, waiting_steps(), strict=True)
    ]


def note(session: Session, video: Video, kind: ActivityKind) -> None:
    """Write a line into the workspace's activity."""
    session.add(
        VideoActivity(
            workspace_id=video.workspace_id, video_id=video.id, kind=kind, title=video.title
        )
    )


def record(session: Session, action: str, video: Video) -> None:
    """Write what becomes of a video as a whole into the audit log."""
    auth.record(
        session,
        action,
        workspace_id=video.workspace_id,
        object_type="video",
        object_id=video.id,
        facts={"title": video.title},
    )


def changed(session: Session, video: Video, event: str = "video.updated") -> Video:
    """Stamp the row and show it to the open pages of the workspace."""
    video.updated_at = func.now()
    session.flush()
    session.refresh(video)
    show(session, video, event)
    return video


def show(session: Session, video: Video, event: str = "video.updated") -> None:
    """Send the video to its people's open pages, to each in their own language."""
    members = auth.member_ids(session, video.workspace_id)
    people = [auth.get_person(session, member) for member in members]
    for language in LANGUAGES:
        readers = [person.id for person in people if person.locale == language]
        if readers:
            data: dict[str, Any] = present(video, language).model_dump(mode="json")
            live.tell(session, readers, event, data, workspace_id=video.workspace_id)


def _start(
    session: Session,
    video: Video,
    *,
    trigger: Trigger = Trigger.API,
    trigger_key: str | None = None,
) -> UUID:
    video.status = VideoStatus.QUEUED
    job_id = tasks.enqueue(
        session,
        PROCESS,
        video.id,
        priority=Priority.MEDIUM,
        workspace_id=video.workspace_id,
        subject_id=video.id,
        # Two runs on one video would work against each other.
        dedupe_key=f"{PROCESS}:{video.id}",
        trigger=trigger,
        trigger_key=trigger_key,
    )
    if job_id is None:
        raise VideoStillStopping
    return job_id


def _stop(session: Session, video: Video) -> None:
    tasks.cancel(session, video.id, PROCESS)


def _lock(session: Session, actor: Actor, video_id: UUID) -> Video:
    return _found(repository.find(session, actor.workspace_id, video_id, for_update=True))


def _found(video: Video | None) -> Video:
    if video is None:
        raise VideoNotFound
    return video
