"""Which stored file answers which question."""

from pathlib import PurePosixPath
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit.access import Actor
from ultra.kit.documents import documents
from ultra.kit.errors import NotFound
from ultra.video.analysis.models import VideoAnalysis
from ultra.video.playback.errors import NotReadyYet
from ultra.video.playback.schemas import SceneRead
from ultra.video.videos import service as videos

CONTENT_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".m4s": "video/iso.segment",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
}
DOWNLOAD = "stream/download.mp4"


def result_key(session: Session, actor: Actor, video_id: UUID, name: str) -> str:
    """Storage key of one output. Raises NotReadyYet before there is any."""
    video = videos.get(session, actor, video_id)
    if video.result_prefix is None:
        raise NotReadyYet
    return f"{video.result_prefix}/{name}"


def content_type(name: str) -> str:
    """By the ending of an output's name. Raises NotFound for what is no output."""
    try:
        return CONTENT_TYPES[PurePosixPath(name).suffix]
    except KeyError as error:
        raise NotFound from error


def download(session: Session, actor: Actor, video_id: UUID, kind: str) -> tuple[str, str]:
    """Storage key, and the name that the file gets on the person's disk."""
    video = videos.get(session, actor, video_id)
    if kind == "original":
        if video.original_key is None:
            raise NotReadyYet
        return video.original_key, video.filename
    return result_key(session, actor, video_id, DOWNLOAD), f"{video.title}.mp4"


def scenes(session: Session, actor: Actor, video_id: UUID) -> list[SceneRead]:
    """The scenes of a finished video. Raises NotReadyYet before they are known."""
    videos.get(session, actor, video_id)
    try:
        found = documents().get(VideoAnalysis, actor.workspace_id, video_id)
    except NotFound as error:
        raise NotReadyYet from error
    return [SceneRead.model_validate(scene) for scene in found.scenes]
