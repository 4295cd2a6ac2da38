"""tus 1.0 at /api/video/uploads: creation, termination, checksum, expiration."""

import hashlib
import threading
from base64 import b64encode
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, update

from tests.factories import media
from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.kit.tasks.toys import jobs_named
from tests.video.uploads.tus_client import COLLECTION, PIECE, Tus, id_of, metadata
from ultra.kit import clock
from ultra.kit.db import read_only, transaction
from ultra.kit.storage import storage
from ultra.settings import settings
from ultra.video.processing import service as processing
from ultra.video.uploads import service as uploads
from ultra.video.uploads.models import Upload
from ultra.video.videos.models import Video


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


@pytest.fixture
def tus(client: FlaskClient, person: SignedUp) -> Tus:
    return Tus(client)


def pieces_of(person: SignedUp, path: str) -> list[str]:
    return storage().list(uploads.folder_of(person.workspace_id, id_of(path)))


def let_expire(path: str) -> None:
    with transaction() as session:
        session.execute(
            update(Upload)
            .where(Upload.id == id_of(path))
            .values(expires_at=func.now() - timedelta(seconds=1))
        )


class TestOptions:
    def test_says_what_the_server_can(self, client: FlaskClient) -> None:
        answer = client.options(COLLECTION)
        assert answer.status_code == 204
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        assert answer.headers["Tus-Version"] == "1.0.0"
        assert int(answer.headers["Tus-Max-Size"]) == settings.video.max_bytes
        extensions = set(answer.headers["Tus-Extension"].split(","))
        assert extensions == {"creation", "expiration", "checksum", "termination"}
        algorithms = set(answer.headers["Tus-Checksum-Algorithm"].split(","))
        assert algorithms == {"sha1", "sha256", "md5"}


class TestCreation:
    def test_gives_an_address_and_an_end(self, tus: Tus) -> None:
        answer = tus.call("POST", COLLECTION, Upload_Length="1000")
        assert answer.status_code == 201
        assert answer.headers["Location"].startswith("/api/video/uploads/")
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        left = parsedate_to_datetime(answer.headers["Upload-Expires"]) - clock.now()
        assert timedelta(hours=23.9) < left <= timedelta(hours=24.1)

    def test_refuses_an_empty_file(self, tus: Tus) -> None:
        answer = tus.call("POST", COLLECTION, Upload_Length="0")
        assert (answer.status_code, answer.get_json()["code"]) == (422, "empty_file")

    def test_refuses_what_is_too_large(self, tus: Tus) -> None:
        answer = tus.call("POST", COLLECTION, Upload_Length=str(settings.video.max_bytes + 1))
        assert (answer.status_code, answer.get_json()["code"]) == (413, "upload_too_large")

    @pytest.mark.parametrize("length", ["-1", "x", "1.5", "", "٣", "1" * 30])
    def test_refuses_a_length_that_is_none(self, tus: Tus, length: str) -> None:
        answer = tus.call("POST", COLLECTION, Upload_Length=length)
        assert (answer.status_code, answer.get_json()["code"]) == (400, "upload_header_invalid")

    def test_refuses_metadata_that_cannot_be_read(self, tus: Tus) -> None:
        answer = tus.call("POST", COLLECTION, Upload_Length="9", Upload_Metadata="filename %%%")
        assert (answer.status_code, answer.get_json()["code"]) == (400, "upload_header_invalid")

    def test_refuses_another_version(self, tus: Tus) -> None:
        answer = tus.call("POST", COLLECTION, Upload_Length="9", Tus_Resumable="0.2.2")
        assert (answer.status_code, answer.get_json()["code"]) == (412, "upload_version_wrong")


class TestHead:
    def test_says_where_it_stands(self, tus: Tus) -> None:
        path = tus.create(1000, title="Yaz tatili")
        tus.send(path, 0, bytes(300))
        answer = tus.call("HEAD", path)
        assert answer.status_code == 200
        assert answer.headers["Upload-Offset"] == "300"
        assert answer.headers["Upload-Length"] == "1000"
        assert answer.headers["Cache-Control"] == "no-store"
        wanted = metadata(filename="tatil.mp4", title="Yaz tatili")
        assert answer.headers["Upload-Metadata"] == wanted

    def test_another_workspace_finds_nothing(self, tus: Tus, app: Flask) -> None:
        path = tus.create(1000)
        stranger = as_browser(app)
        sign_up(stranger)
        other = Tus(stranger)
        assert other.call("HEAD", path).status_code == 404
        assert other.send(path, 0, bytes(10)).status_code == 404
        assert other.call("DELETE", path).status_code == 404
        assert tus.offset(path) == 0


class TestPatch:
    def test_the_last_byte_makes_the_video(self, tus: Tus, client: FlaskClient) -> None:
        content = media.clip().read_bytes()
        path = tus.create(len(content), "yaz_tatili.mp4")
        assert tus.send(path, 0, content[:5000]).headers["Upload-Offset"] == "5000"
        assert client.get(f"/api/video/{id_of(path)}").status_code == 404
        answer = tus.send(path, 5000, content[5000:])
        assert answer.status_code == 204
        assert answer.headers["Upload-Offset"] == str(len(content))
        video = client.get(f"/api/video/{id_of(path)}").get_json()
        assert (video["title"], video["size"]) == ("yaz tatili", len(content))
        assert video["status"] == "queued"
        assert len(jobs_named("video.process_video")) == 1

    def test_a_finished_upload_stays_finished(self, tus: Tus, client: FlaskClient) -> None:
        path = tus.create(10)
        tus.send(path, 0, bytes(10))
        assert tus.offset(path) == 10
        assert tus.send(path, 10, b"").status_code == 204
        assert len(client.get("/api/video").get_json()["items"]) == 1

    def test_the_pieces_make_the_original(self, tus: Tus, person: SignedUp) -> None:
        content = media.clip().read_bytes()
        path = tus.create(len(content))
        for start in range(0, len(content), 7001):
            tus.send(path, start, content[start : start + 7001])
        with read_only() as session:
            parts = uploads.parts_of(session, id_of(path))
        uploads.assemble(parts, "assembled")
        assert b"".join(storage().read("assembled")) == content

    @pytest.mark.parametrize("offset", [0, 299, 301, 1000])
    def test_refuses_another_offset(self, tus: Tus, offset: int) -> None:
        path = tus.create(1000)
        tus.send(path, 0, bytes(300))
        answer = tus.send(path, offset, bytes(10))
        assert (answer.status_code, answer.get_json()["code"]) == (409, "upload_offset_wrong")
        assert tus.offset(path) == 300

    def test_refuses_another_version(self, tus: Tus) -> None:
        path = tus.create(1000)
        assert tus.send(path, 0, bytes(10), Tus_Resumable="2.0.0").status_code == 412

    def test_refuses_another_type(self, tus: Tus) -> None:
        path = tus.create(1000)
        answer = tus.call("PATCH", path, b"x", Upload_Offset="0", Content_Type="video/mp4")
        assert (answer.status_code, answer.get_json()["code"]) == (415, "upload_media_type_wrong")

    def test_refuses_to_go_on_without_an_offset(self, tus: Tus) -> None:
        path = tus.create(1000)
        assert tus.call("PATCH", path, b"x", Content_Type=PIECE).status_code == 400

    def test_takes_no_more_than_was_announced(self, tus: Tus, client: FlaskClient) -> None:
        path = tus.create(10)
        tus.send(path, 0, bytes(500))
        assert client.get(f"/api/video/{id_of(path)}").get_json()["size"] == 10

    def test_of_two_at_one_offset_one_wins(self, tus: Tus, app: Flask, person: SignedUp) -> None:
        path = tus.create(1000)
        start = threading.Barrier(2)
        answers: list[int] = []

        def send(letter: bytes) -> None:
            device = Tus(app.test_client())
            start.wait()
            answer = device.send(path, 0, letter * 600, **person.headers)
            answers.append(answer.status_code)

        threads = [threading.Thread(target=send, args=(letter,)) for letter in (b"a", b"b")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == [204, 409]
        assert tus.offset(path) == 600


class TestChecksum:
    @pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
    def test_a_piece_that_matches_counts(self, tus: Tus, algorithm: str) -> None:
        path, piece = tus.create(1000), b"piece" * 20
        summed = b64encode(hashlib.new(algorithm, piece).digest()).decode()
        answer = tus.send(path, 0, piece, Upload_Checksum=f"{algorithm} {summed}")
        assert answer.status_code == 204
        assert tus.offset(path) == 100

    def test_a_damaged_piece_is_thrown_away(self, tus: Tus, person: SignedUp) -> None:
        path = tus.create(1000)
        summed = b64encode(hashlib.sha1(b"sent").digest()).decode()
        answer = tus.send(path, 0, b"came", Upload_Checksum=f"sha1 {summed}")
        assert (answer.status_code, answer.get_json()["code"]) == (460, "upload_checksum_wrong")
        assert tus.offset(path) == 0
        assert pieces_of(person, path) == []

    @pytest.mark.parametrize("header", ["crc32 AAAA", "sha1", "sha1 %%%", ""])
    def test_refuses_what_it_does_not_know(self, tus: Tus, header: str) -> None:
        path = tus.create(1000)
        assert tus.send(path, 0, b"x", Upload_Checksum=header).status_code == 400


class TestTermination:
    def test_removes_the_upload_and_its_bytes(self, tus: Tus, person: SignedUp) -> None:
        path = tus.create(1000)
        tus.send(path, 0, bytes(300))
        assert len(pieces_of(person, path)) == 1
        assert tus.call("DELETE", path).status_code == 204
        assert pieces_of(person, path) == []
        assert tus.call("HEAD", path).status_code == 404

    def test_does_not_remove_a_video(self, tus: Tus, client: FlaskClient) -> None:
        path = tus.create(10)
        tus.send(path, 0, bytes(10))
        answer = tus.call("DELETE", path)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "upload_finished")
        assert client.get(f"/api/video/{id_of(path)}").status_code == 200


class TestExpiration:
    def test_an_expired_upload_is_gone_with_its_bytes(self, tus: Tus, person: SignedUp) -> None:
        path = tus.create(1000)
        tus.send(path, 0, bytes(300))
        let_expire(path)
        assert tus.call("HEAD", path).status_code == 404
        assert tus.send(path, 300, bytes(10)).status_code == 404
        assert uploads.remove_expired() == 1
        assert pieces_of(person, path) == []
        assert uploads.remove_expired() == 0

    def test_one_that_goes_on_does_not_expire(self, tus: Tus, person: SignedUp) -> None:
        path = tus.create(1000)
        with transaction() as session:
            session.execute(
                update(Upload)
                .where(Upload.id == id_of(path))
                .values(expires_at=func.now() + timedelta(minutes=1))
            )
        answer = tus.send(path, 0, bytes(300))
        left = parsedate_to_datetime(answer.headers["Upload-Expires"]) - clock.now()
        assert left > timedelta(hours=23.9)

    def test_a_living_one_stays(self, tus: Tus, person: SignedUp) -> None:
        path = tus.create(1000)
        tus.send(path, 0, bytes(300))
        assert uploads.remove_expired() == 0
        assert tus.offset(path) == 300

    def test_a_finished_one_stays_until_its_pieces_are_joined(
        self, tus: Tus, person: SignedUp
    ) -> None:
        """Workers may be away for longer than an upload may take."""
        path = tus.create(10)
        tus.send(path, 0, bytes(10))
        let_expire(path)
        assert uploads.remove_expired() == 0
        assert len(pieces_of(person, path)) == 1
        with transaction() as session:
            session.get_one(Video, id_of(path)).original_key = "joined"
        assert uploads.remove_expired() == 1

    def test_a_purged_video_leaves_no_upload(
        self, tus: Tus, client: FlaskClient, person: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tus.create(10)
        tus.send(path, 0, bytes(10))
        client.delete(f"/api/video/{id_of(path)}")
        monkeypatch.setattr(settings.video, "deleted_keep_hours", 0)
        assert processing.purge_deleted() == 1
        with read_only() as session:
            assert session.get(Upload, id_of(path)) is None
        assert pieces_of(person, path) == []
