"""Files on their way out: which are there, for whom, and by ranges."""

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp, sign_up
from tests.factories.video import add_completed_video, add_video
from ultra.kit.documents import documents
from ultra.video.analysis.models import VideoAnalysis

FILES = {
    "poster.jpg": b"\xff\xd8poster",
    "sprite.vtt": b"WEBVTT\n",
    "sprite-1.jpg": b"\xff\xd8sprite",
    "stream/master.m3u8": b"#EXTM3U\n",
    "stream/download.mp4": bytes(range(100)),
}


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


@pytest.fixture
def path(person: SignedUp) -> str:
    video = add_completed_video(person, FILES, title="Yaz / güneş", filename="çekim 1.mov")
    return f"/api/video/{video.id}"


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "stored", "content_type"),
        [
            ("poster", "poster.jpg", "image/jpeg"),
            ("sprite.vtt", "sprite.vtt", "text/vtt; charset=utf-8"),
            ("sprite-1.jpg", "sprite-1.jpg", "image/jpeg"),
            ("stream/master.m3u8", "stream/master.m3u8", "application/vnd.apple.mpegurl"),
            ("stream/download.mp4", "stream/download.mp4", "video/mp4"),
        ],
    )
    def test_are_served_as_what_they_are(
        self, client: FlaskClient, path: str, name: str, stored: str, content_type: str
    ) -> None:
        answer = client.get(f"{path}/{name}")
        assert answer.status_code == 200
        assert answer.data == FILES[stored]
        assert answer.headers["Content-Type"] == content_type
        assert answer.headers["Cache-Control"].startswith("private")

    @pytest.mark.parametrize(
        "name",
        ["missing.jpg", "original", "stream/missing.m3u8", "stream/..%2Foriginal", "..%2Foriginal"],
    )
    def test_nothing_else_is_served(self, client: FlaskClient, path: str, name: str) -> None:
        assert client.get(f"{path}/{name}").status_code in (404, 422)

    @pytest.mark.parametrize("name", ["poster", "sprite.vtt", "stream/master.m3u8", "download"])
    def test_are_not_there_before_the_work_is_done(
        self, client: FlaskClient, person: SignedUp, name: str
    ) -> None:
        answer = client.get(f"/api/video/{add_video(person).id}/{name}")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "not_ready_yet")


class TestDownload:
    def test_carries_the_title(self, client: FlaskClient, path: str) -> None:
        answer = client.get(f"{path}/download")
        assert answer.data == FILES["stream/download.mp4"]
        assert answer.mimetype == "video/mp4"
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment;")
        assert "g%C3%BCne%C5%9F.mp4" in disposition

    def test_gives_the_original_as_it_came(self, client: FlaskClient, path: str) -> None:
        answer = client.get(f"{path}/download?kind=original")
        assert answer.data == b"original"
        # Never shown by the browser: it is a stranger's file.
        assert answer.mimetype == "application/octet-stream"
        assert "%C3%A7ekim%201.mov" in answer.headers["Content-Disposition"]

    def test_goes_on_where_it_broke_off(self, client: FlaskClient, path: str) -> None:
        answer = client.get(f"{path}/download", headers={"Range": "bytes=40-49"})
        assert answer.status_code == 206
        assert answer.data == bytes(range(40, 50))
        assert answer.headers["Content-Range"] == "bytes 40-49/100"
        assert answer.headers["Content-Length"] == "10"

    def test_says_when_nothing_is_left(self, client: FlaskClient, path: str) -> None:
        answer = client.get(f"{path}/download", headers={"Range": "bytes=100-"})
        assert answer.status_code == 416
        assert answer.headers["Content-Range"] == "bytes */100"

    def test_tells_its_size_without_the_bytes(self, client: FlaskClient, path: str) -> None:
        answer = client.head(f"{path}/download")
        assert answer.headers["Content-Length"] == "100"
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.data == b""


class TestScenes:
    def test_are_listed_in_order(self, client: FlaskClient, person: SignedUp) -> None:
        video = add_completed_video(person, FILES)
        scenes = [
            {
                "index": index,
                "start": float(index),
                "end": index + 1.0,
                "start_frame": index * 25,
                "end_frame": index * 25 + 24,
                "transition": transition,
            }
            for index, transition in enumerate(("start", "cut", "dissolve", "fade"))
        ]
        documents().insert(
            VideoAnalysis(
                id=video.id,
                workspace_id=person.workspace_id,
                inspection={},
                analysis={},
                scenes=scenes,
                method="network",
                render={},
                package={},
                thumbnails={},
            )
        )
        assert client.get(f"/api/video/{video.id}/scenes").get_json() == {"items": scenes}

    def test_are_not_there_before_they_are_known(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        answer = client.get(f"/api/video/{add_video(person).id}/scenes")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "not_ready_yet")
