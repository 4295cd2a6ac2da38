"""Videos for tests."""

from typing import Any

from flask.testing import FlaskClient

from tests.factories import media
from tests.factories.auth import SignedUp
from ultra.kit.db import transaction
from ultra.kit.ids import new_id
from ultra.kit.storage import storage
from ultra.video.videos.models import Video
from ultra.video.videos.states import VideoStatus


def add_video(person: SignedUp, **values: Any) -> Video:
    """A row as the upload leaves it, or as `values` say; no job runs for it."""
    video = Video(
        **{
            "id": new_id(),
            "workspace_id": person.workspace_id,
            "created_by": person.user_id,
            "title": "Tatil",
            "filename": "tatil.mp4",
            "size": 1000,
            "status": VideoStatus.UPLOADED,
            **values,
        }
    )
    with transaction() as session:
        session.add(video)
        session.flush()
        session.refresh(video)
    return video


def add_completed_video(person: SignedUp, files: dict[str, bytes], **values: Any) -> Video:
    """A finished video whose outputs are these files."""
    video_id = new_id()
    folder = f"workspaces/{person.workspace_id}/videos/{video_id}"
    for name, content in files.items():
        storage().put(f"{folder}/result-1/{name}", content)
    storage().put(f"{folder}/original", b"original")
    return add_video(
        person,
        **{
            "id": video_id,
            "status": VideoStatus.COMPLETED,
            "result_prefix": f"{folder}/result-1",
            "original_key": f"{folder}/original",
            "duration": 10.0,
            **values,
        },
    )


def upload(client: FlaskClient, title: str = "") -> dict[str, Any]:
    """Upload a small real clip through the API."""
    with media.clip().open("rb") as file:
        form = {"file": (file, "tatil_videosu-2.mp4"), **({"title": title} if title else {})}
        answer = client.post("/api/video/upload", data=form)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.get_json()
    return found
