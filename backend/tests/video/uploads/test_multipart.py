"""`POST /api/video/upload`: a file in one go."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import media
from tests.factories.auth import SignedUp, sign_up
from tests.factories.video import upload
from tests.kit.tasks.toys import jobs_named
from ultra.kit.db import read_only
from ultra.kit.storage import storage
from ultra.settings import settings
from ultra.video.videos.models import Video


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


def send(client: FlaskClient, content: bytes, name: str, **form: Any) -> TestResponse:
    return client.post("/api/video/upload", data={"file": (io.BytesIO(content), name), **form})


def incoming() -> list[Path]:
    """Files on their way in that were left behind."""
    return list((settings.home / "incoming").glob("*"))


def assert_nothing_stayed(client: FlaskClient) -> None:
    assert client.get("/api/video").get_json()["items"] == []
    assert client.get("/api/video/activity").get_json()["items"] == []
    assert incoming() == []
    assert jobs_named("video.process_video") == []


class TestAccepted:
    def test_answers_with_the_waiting_video(self, client: FlaskClient, person: SignedUp) -> None:
        found = upload(client)
        assert found["title"] == "tatil videosu 2"
        assert found["filename"] == "tatil_videosu-2.mp4"
        assert (found["status"], found["progress"], found["error"]) == ("queued", 0, None)
        assert found["size"] == media.clip().stat().st_size
        assert {step["status"] for step in found["steps"]} == {"waiting"}
        assert client.get(f"/api/video/{found['id']}").get_json() == found

    def test_takes_a_title(self, client: FlaskClient, person: SignedUp) -> None:
        assert upload(client, title="  Yaz   tatili ")["title"] == "Yaz tatili"

    def test_stores_the_original_byte_by_byte(self, client: FlaskClient, person: SignedUp) -> None:
        video_id = upload(client)["id"]
        key = f"workspaces/{person.workspace_id}/videos/{video_id}/original"
        assert b"".join(storage().read(key)) == media.clip().read_bytes()
        assert incoming() == []

    def test_asks_for_the_work(self, client: FlaskClient, person: SignedUp) -> None:
        video_id = upload(client)["id"]
        [job] = jobs_named("video.process_video")
        assert (job.args, job.workspace_id) == ([video_id], person.workspace_id)
        assert (job.state, job.queue, job.priority) == ("waiting", "video", "medium")

    def test_is_written_into_the_activity(self, client: FlaskClient, person: SignedUp) -> None:
        video_id = upload(client)["id"]
        [line] = client.get("/api/video/activity").get_json()["items"]
        assert (line["kind"], line["video_id"]) == ("uploaded", video_id)

    def test_a_file_name_is_no_path(self, client: FlaskClient, person: SignedUp) -> None:
        answer = send(client, media.clip().read_bytes(), "../../etc/passwd.mp4")
        assert answer.status_code == 202
        with read_only() as session:
            row = session.query(Video).one()
        assert row.original_key == f"workspaces/{person.workspace_id}/videos/{row.id}/original"


class TestRefused:
    @pytest.mark.parametrize("name", media.NOT_VIDEOS)
    def test_what_is_no_video(self, client: FlaskClient, person: SignedUp, name: str) -> None:
        content, verdict = media.NOT_VIDEOS[name]
        answer = send(client, content, name)
        assert answer.status_code == 422
        assert answer.get_json()["code"] == verdict
        assert_nothing_stayed(client)

    def test_a_form_without_a_file(self, client: FlaskClient, person: SignedUp) -> None:
        answer = client.post(
            "/api/video/upload", data={"title": "Yaz"}, content_type="multipart/form-data"
        )
        assert answer.status_code == 422
        assert answer.get_json()["code"] == "file_missing"

    def test_a_file_in_another_field(self, client: FlaskClient, person: SignedUp) -> None:
        data = {"video": (io.BytesIO(media.clip().read_bytes()), "a.mp4")}
        answer = client.post("/api/video/upload", data=data)
        assert answer.get_json()["code"] == "file_missing"
        assert_nothing_stayed(client)

    def test_a_field_that_nobody_knows(self, client: FlaskClient, person: SignedUp) -> None:
        answer = send(client, media.clip().read_bytes(), "a.mp4", titel="Yaz")
        assert (answer.status_code, answer.get_json()["code"]) == (422, "form_field_unknown")
        assert_nothing_stayed(client)

    def test_a_second_file_beside_the_first(self, client: FlaskClient, person: SignedUp) -> None:
        content = media.clip().read_bytes()
        data = {"file": [(io.BytesIO(content), "a.mp4"), (io.BytesIO(content), "b.mp4")]}
        client.post("/api/video/upload", data=data)
        assert len(client.get("/api/video").get_json()["items"]) <= 1
        assert incoming() == []

    def test_a_body_that_is_no_form(self, client: FlaskClient, person: SignedUp) -> None:
        answer = client.post("/api/video/upload", data=b"x", content_type="video/mp4")
        assert answer.status_code == 422
        assert_nothing_stayed(client)

    def test_a_body_that_breaks_off(self, client: FlaskClient, person: SignedUp) -> None:
        body = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
            + media.clip().read_bytes()[:5000]
        )
        answer = client.post(
            "/api/video/upload", data=body, content_type="multipart/form-data; boundary=b"
        )
        assert (answer.status_code, answer.get_json()["code"]) == (400, "form_broken")
        assert_nothing_stayed(client)

    def test_a_file_over_the_limit(
        self, client: FlaskClient, person: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings.video, "max_bytes", 1000)
        answer = client.post(
            "/api/video/upload",
            data=bytes(3_000_000),
            content_type="multipart/form-data; boundary=b",
        )
        assert answer.status_code == 413
        assert answer.get_json()["code"] == "upload_too_large"
        assert_nothing_stayed(client)
