"""One contract for storage, run on a local folder and on an S3 server (moto's, over real HTTP)."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import boto3
import psutil
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer

from ultra.kit.errors import NotFound
from ultra.kit.http import SEND_FILE, answer_with_file
from ultra.kit.ids import new_id
from ultra.kit.storage import PART, Storage
from ultra.settings import settings

CONTENT = bytes(range(256)) * 16


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def make_s3(address: str) -> Storage:
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **keys)
    bucket = f"bucket-{new_id().hex}"
    client.create_bucket(Bucket=bucket)
    client.close()
    options = {"aws_endpoint": address, "aws_region": "us-east-1", **keys}
    return Storage(f"s3://{bucket}/prefix", options)


@pytest.fixture
def local(tmp_path: Path) -> Storage:
    return Storage(f"file://{tmp_path / 'store'}")


@pytest.fixture
def s3(s3_address: str) -> Storage:
    return make_s3(s3_address)


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest) -> Storage:
    found: Storage = request.getfixturevalue(request.param)
    return found


def read(store: Storage, key: str, *interval: int) -> bytes:
    return b"".join(store.read(key, *interval))


class TestContract:
    def test_gives_back_what_was_put(self, store: Storage) -> None:
        store.put("a/b", CONTENT)
        assert read(store, "a/b") == CONTENT
        assert store.size("a/b") == len(CONTENT)

    def test_a_second_put_replaces(self, store: Storage) -> None:
        store.put("a", CONTENT)
        store.put("a", b"new")
        assert read(store, "a") == b"new"

    def test_joins_the_pieces_of_a_stream(self, store: Storage) -> None:
        pieces = [bytes([number]) * (PART // 3 + number) for number in range(10)]
        store.put("a", iter(pieces))
        expected = hashlib.sha256(b"".join(pieces)).hexdigest()
        assert hashlib.sha256(read(store, "a")).hexdigest() == expected

    def test_a_broken_stream_leaves_nothing(self, store: Storage) -> None:
        def breaking() -> Iterator[bytes]:
            yield b"x" * (PART + 1)
            raise RuntimeError("broken")

        with pytest.raises(RuntimeError, match="broken"):
            store.put("a", breaking())
        assert not store.exists("a")

    def test_reads_a_range(self, store: Storage) -> None:
        store.put("a", CONTENT)
        assert read(store, "a", 10, 300) == CONTENT[10:300]

    def test_a_range_ends_with_the_file(self, store: Storage) -> None:
        store.put("a", CONTENT)
        assert read(store, "a", len(CONTENT) - 3, len(CONTENT) + 100) == CONTENT[-3:]

    def test_says_what_is_missing(self, store: Storage) -> None:
        assert not store.exists("missing")
        with pytest.raises(NotFound):
            read(store, "missing")

    def test_adopt_takes_the_file_away(self, store: Storage, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_bytes(CONTENT)
        store.adopt(file, "a/b")
        assert read(store, "a/b") == CONTENT
        assert not file.exists()

    def test_put_file_leaves_the_file(self, store: Storage, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_bytes(CONTENT)
        store.put_file(file, "a")
        store.put_file(file, "a")
        assert read(store, "a") == CONTENT
        assert file.read_bytes() == CONTENT

    def test_as_file_gives_a_readable_path(self, store: Storage, tmp_path: Path) -> None:
        store.put("a.mp4", CONTENT)
        with store.as_file("a.mp4", tmp_path / "work") as path:
            assert path.read_bytes() == CONTENT
        assert read(store, "a.mp4") == CONTENT
        assert list(tmp_path.glob("work/*")) == []

    def test_lists_a_folder_and_not_its_namesakes(self, store: Storage) -> None:
        for key in ("one/a", "one/b/c", "one-two/a", "other"):
            store.put(key, b"x")
        assert sorted(store.list("one")) == ["one/a", "one/b/c"]

    def test_deletes_a_folder_and_not_its_namesakes(self, store: Storage) -> None:
        for key in ("one/a", "one/b/c", "one-two/a"):
            store.put(key, b"x")
        assert store.delete("one") == 2
        assert store.list("one") == []
        assert store.exists("one-two/a")
        assert store.delete("one") == 0

    def test_removing_what_is_gone_is_no_error(self, store: Storage) -> None:
        store.put("a", b"x")
        store.remove("a")
        store.remove("a")
        assert not store.exists("a")

    def test_checks_itself(self, store: Storage) -> None:
        store.check()
        assert store.list("checks") == []


def test_memory_stays_flat_while_a_stream_is_put(local: Storage) -> None:
    process = psutil.Process()
    piece = b"\xa5" * 1_048_576
    highest = before = process.memory_info().rss

    def pieces() -> Iterator[bytes]:
        nonlocal highest
        for _ in range(256):
            highest = max(highest, process.memory_info().rss)
            yield piece

    local.put("large", pieces())
    assert local.size("large") == 256 * len(piece)
    assert highest - before < 80 * 1_048_576


class TestSign:
    def test_a_signed_url_reads_the_object(self, s3: Storage) -> None:
        s3.put("a/b", CONTENT)
        url = s3.sign("a/b")
        assert url
        with urlopen(url, timeout=10) as answer:
            assert answer.read() == CONTENT

    def test_a_local_store_does_not_sign(self, local: Storage) -> None:
        assert local.sign("a") is None


class TestAnswerWithFile:
    def test_redirects_to_an_object_store_that_browsers_reach(
        self, s3: Storage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "storage_public_origin", "https://media.example.com")
        s3.put("a", CONTENT)
        with Flask(__name__).test_request_context():
            answer = answer_with_file(s3, "a", "video/mp4")
        assert answer.status_code == 307
        with urlopen(answer.headers["Location"], timeout=10) as found:
            assert found.read() == CONTENT

    def test_passes_through_what_browsers_cannot_reach(self, s3: Storage) -> None:
        s3.put("a", CONTENT)
        with Flask(__name__).test_request_context(headers={"Range": "bytes=5-9"}):
            answer = answer_with_file(s3, "a", "video/mp4")
            assert (answer.status_code, answer.get_data()) == (206, CONTENT[5:10])

    def test_sends_a_download_itself_to_name_it(self, s3: Storage) -> None:
        s3.put("a", CONTENT)
        with Flask(__name__).test_request_context():
            answer = answer_with_file(s3, "a", "video/mp4", file_name="tatil.mp4")
            assert answer.get_data() == CONTENT
        assert answer.headers["Content-Disposition"] == "attachment; filename=tatil.mp4"

    def test_tells_a_server_that_can_which_file_to_send(self, local: Storage) -> None:
        local.put("a", CONTENT)
        environ = {SEND_FILE: None}
        with Flask(__name__).test_request_context(
            headers={"Range": "bytes=5-9"}, environ_overrides=environ
        ) as context:
            answer = answer_with_file(local, "a", "video/mp4")
            assert context.request.environ[SEND_FILE] == (str(local.local_path("a")), 5, 10)
        assert answer.headers["Content-Range"] == f"bytes 5-9/{len(CONTENT)}"

    @pytest.mark.parametrize(
        ("header", "status", "content"),
        [
            ("bytes=0-0", 206, CONTENT[:1]),
            ("bytes=100-", 206, CONTENT[100:]),
            ("bytes=-7", 206, CONTENT[-7:]),
            (f"bytes={len(CONTENT)}-", 416, b""),
            ("bytes=0-1,5-6", 200, CONTENT),
            ("lines=1-2", 200, CONTENT),
        ],
    )
    def test_answers_ranges(self, local: Storage, header: str, status: int, content: bytes) -> None:
        local.put("a", CONTENT)
        with Flask(__name__).test_request_context(headers={"Range": header}):
            answer = answer_with_file(local, "a", "video/mp4")
            assert (answer.status_code, answer.get_data()) == (status, content)

    def test_a_missing_file_is_not_found(self, local: Storage) -> None:
        with Flask(__name__).test_request_context(), pytest.raises(NotFound):
            answer_with_file(local, "missing", "video/mp4")
