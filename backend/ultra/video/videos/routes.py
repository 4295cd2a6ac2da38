"""HTTP of videos."""

from typing import Any

from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import PageQuery, Routes, caller_language
from ultra.kit.paging import next_cursor, read_cursor
from ultra.video.videos import repository
from ultra.video.videos import service as videos
from ultra.video.videos.presentation import present
from ultra.video.videos.schemas import (
    ActivityPage,
    VideoPage,
    VideoPath,
    VideoQuery,
    VideoRead,
    VideoSummary,
    VideoUpdate,
)

routes = Routes("video", "videos", prefix="/api/video")
READ, WRITE = Scope.VIDEO_READ, Scope.VIDEO_WRITE


@routes.route_to("get", "", access=READ, returns=VideoPage)
def list_videos(query: VideoQuery) -> Any:
    """Videos of the workspace, newest first."""
    with read_only() as session:
        rows = videos.page(
            session,
            current_actor(),
            status=query.status,
            search=query.q,
            after=read_cursor(query.cursor),
            limit=query.limit,
        )
        items = [present(row, caller_language()) for row in rows]
    return {"items": items, "next_cursor": next_cursor(rows, query.limit)}


@routes.route_to("get", "/summary", access=READ, returns=VideoSummary)
def get_summary() -> Any:
    """Numbers for the dashboard."""
    with read_only() as session:
        return repository.summary(session, current_actor().workspace_id)


@routes.route_to("get", "/activity", access=READ, returns=ActivityPage)
def list_activity(query: PageQuery) -> Any:
    """What happened to the workspace's videos, newest first."""
    with read_only() as session:
        rows = repository.activity_page(
            session,
            current_actor().workspace_id,
            after=read_cursor(query.cursor),
            limit=query.limit,
        )
    return {"items": rows, "next_cursor": next_cursor(rows, query.limit)}


@routes.route_to("get", "/<uuid:video_id>", access=READ, returns=VideoRead)
def get_video(path: VideoPath) -> Any:
    """One video."""
    with read_only() as session:
        return present(videos.get(session, current_actor(), path.video_id), caller_language())


@routes.route_to("patch", "/<uuid:video_id>", access=WRITE, returns=VideoRead)
def update_video(path: VideoPath, body: VideoUpdate) -> Any:
    """Change the title."""
    with transaction() as session:
        video = videos.rename(session, current_actor(), path.video_id, body.title)
        return present(video, caller_language())


@routes.route_to("delete", "/<uuid:video_id>", access=WRITE)
def delete_video(path: VideoPath) -> None:
    """Delete a video; it can be restored for a day."""
    with transaction() as session:
        videos.delete(session, current_actor(), path.video_id)


@routes.route_to("post", "/<uuid:video_id>/restore", access=WRITE, returns=VideoRead)
def restore_video(path: VideoPath) -> Any:
    """Undo a delete."""
    with transaction() as session:
        video = videos.restore(session, current_actor(), path.video_id)
        return present(video, caller_language())


@routes.route_to("post", "/<uuid:video_id>/cancel", access=WRITE, returns=VideoRead)
def cancel_video(path: VideoPath) -> Any:
    """Stop processing."""
    with transaction() as session:
        video = videos.cancel(session, current_actor(), path.video_id)
        return present(video, caller_language())


@routes.route_to("post", "/<uuid:video_id>/retry", access=WRITE, returns=VideoRead)
def retry_video(path: VideoPath) -> Any:
    """Process a failed or cancelled video again."""
    with transaction() as session:
        video = videos.retry(session, current_actor(), path.video_id)
        return present(video, caller_language())
