"""HTTP of playing, scrubbing and downloading."""

from typing import Any

from flask import Response

from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only
from ultra.kit.http import Routes, answer_with_file
from ultra.kit.storage import storage
from ultra.video.playback import service as playback
from ultra.video.playback.schemas import DownloadQuery, FilePath, SceneItems
from ultra.video.videos.schemas import VideoPath

routes = Routes("video", "playback", prefix="/api/video")
READ = Scope.VIDEO_READ

# A finished result never changes under its name; a retry that makes another one is rare enough.
CACHE_SECONDS = 300


def _answer(video_id: Any, name: str) -> Response:
    with read_only() as session:
        key = playback.result_key(session, current_actor(), video_id, name)
    return answer_with_file(
        storage(), key, playback.content_type(name), cache_seconds=CACHE_SECONDS
    )


@routes.route_to("get", "/<uuid:video_id>/scenes", access=READ, returns=SceneItems)
def list_scenes(path: VideoPath) -> Any:
    """The scenes, in order."""
    with read_only() as session:
        return {"items": playback.scenes(session, current_actor(), path.video_id)}


@routes.route_to("get", "/<uuid:video_id>/poster", access=READ, sends=("image/jpeg",))
def get_poster(path: VideoPath) -> Response:
    """The poster, a JPEG."""
    return _answer(path.video_id, "poster.jpg")


@routes.route_to("get", "/<uuid:video_id>/<name>", access=READ, sends=("text/vtt", "image/jpeg"))
def get_sprite(path: FilePath) -> Response:
    """`sprite.vtt`: which part of which `sprite-N.jpg` shows which time; and those pictures."""
    return _answer(path.video_id, path.name)


@routes.route_to(
    "get",
    "/<uuid:video_id>/stream/<name>",
    access=READ,
    sends=("application/vnd.apple.mpegurl", "video/mp4", "video/iso.segment"),
)
def get_stream(path: FilePath) -> Response:
    """The stream: `master.m3u8`, its playlists, and the media by byte ranges."""
    return _answer(path.video_id, f"stream/{path.name}")


@routes.route_to(
    "get",
    "/<uuid:video_id>/download",
    access=READ,
    sends=("video/mp4", "application/octet-stream"),
)
def download_video(path: VideoPath, query: DownloadQuery) -> Response:
    """The optimised file, or the original as it was uploaded."""
    with read_only() as session:
        key, name = playback.download(session, current_actor(), path.video_id, query.kind)
    kind = "video/mp4" if query.kind == "result" else "application/octet-stream"
    return answer_with_file(storage(), key, kind, file_name=name)
