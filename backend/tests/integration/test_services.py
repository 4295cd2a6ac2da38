"""The same tests with everything in one process and with `video` split into its own."""

import hashlib
import socket
import time
from collections.abc import Iterator

import pytest

from tests.factories import media
from tests.integration.conftest import Server
from tests.integration.processes import Caller, form_around, piece_headers, wait_until
from ultra.kit.storage import storage
from ultra.settings import settings

MB = 1_048_576


def upload(caller: Caller) -> str:
    content = media.clip().read_bytes()
    answer = caller.send_form([content], len(content), "yaz_tatili.mp4")
    assert answer.status == 202, answer.body
    return str(answer.json["id"])


def large_file(size: int) -> Iterator[bytes]:
    """A clip, then nothing but zeros: players ignore what follows the end."""
    head = media.clip().read_bytes()
    yield head
    left = size - len(head)
    while left > 0:
        piece = bytes(min(MB, left))
        left -= len(piece)
        yield piece


class TestVideos:
    def test_an_upload_is_listed_renamed_and_deleted(self, caller: Caller) -> None:
        video_id = upload(caller)
        [item] = caller.call("GET", "/api/video?limit=5&q=tatil").json["items"]
        assert (item["id"], item["title"]) == (video_id, "yaz tatili")
        path = f"/api/video/{video_id}"
        renamed = caller.call("PATCH", path, json_body={"title": "Güz"})
        assert (renamed.status, renamed.json["title"]) == (200, "Güz")
        assert caller.call("DELETE", path).status == 204
        assert caller.call("GET", path).status == 404

    def test_refusals_reach_the_caller_as_they_are(self, caller: Caller) -> None:
        content, verdict = media.NOT_VIDEOS["notes.mp4"]
        answer = caller.send_form([content], len(content))
        assert answer.status == 422
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json["code"] == verdict
        assert answer.headers.get_all("X-Request-ID") == [answer.json["request_id"]]

    def test_sentences_are_in_the_callers_language(self, caller: Caller) -> None:
        path = "/api/video/0199a7b2-0000-7000-8000-000000000000"
        turkish = caller.call("GET", path, Accept_Language="tr").json["detail"]
        english = caller.call("GET", path, Accept_Language="en").json["detail"]
        assert turkish.startswith("Bu video")
        assert english.startswith("This video")

    def test_a_stranger_is_asked_to_sign_in(self, server: Server) -> None:
        assert Caller(server.port).call("GET", "/api/video").status == 401

    def test_security_headers_stand_there_once(self, caller: Caller) -> None:
        headers = caller.call("GET", "/api/video").headers
        for name in ("X-Content-Type-Options", "Content-Security-Policy", "Cache-Control"):
            assert len(headers.get_all(name, [])) == 1, name

    def test_json_over_the_limit_is_refused(self, caller: Caller) -> None:
        body = {"title": "x" * (settings.gateway.max_body_bytes + 1)}
        answer = caller.call("PATCH", f"/api/video/{upload(caller)}", json_body=body)
        assert answer.status == 413


class TestDownload:
    """Through the bridge that hands files to the server."""

    @pytest.fixture
    def path(self, caller: Caller) -> str:
        return f"/api/video/{upload(caller)}/download?kind=original"

    @pytest.fixture
    def content(self) -> bytes:
        return media.clip().read_bytes()

    def test_is_byte_by_byte_the_same(self, caller: Caller, path: str, content: bytes) -> None:
        answer = caller.call("GET", path)
        assert (answer.status, answer.body) == (200, content)
        assert answer.headers["Accept-Ranges"] == "bytes"

    @pytest.mark.parametrize(("start", "end"), [(0, 0), (1000, 1999), (5, None)])
    def test_answers_ranges(
        self, caller: Caller, path: str, content: bytes, start: int, end: int | None
    ) -> None:
        wanted = f"bytes={start}-{'' if end is None else end}"
        answer = caller.call("GET", path, Range=wanted)
        assert answer.status == 206
        assert answer.body == content[start : None if end is None else end + 1]
        last = len(content) - 1 if end is None else end
        assert answer.headers["Content-Range"] == f"bytes {start}-{last}/{len(content)}"

    def test_says_when_nothing_is_left(self, caller: Caller, path: str, content: bytes) -> None:
        answer = caller.call("GET", path, Range=f"bytes={len(content)}-")
        assert (answer.status, answer.body) == (416, b"")
        assert answer.headers["Content-Range"] == f"bytes */{len(content)}"

    def test_head_tells_the_size_alone(self, caller: Caller, path: str, content: bytes) -> None:
        answer = caller.call("HEAD", path)
        assert (answer.status, answer.body) == (200, b"")
        assert answer.headers["Content-Length"] == str(len(content))


class TestTus:
    def test_pieces_arrive_and_make_a_video(self, caller: Caller) -> None:
        content = media.clip().read_bytes()
        path = caller.create_upload(len(content))
        assert caller.send_piece(path, 0, [content[:4000]], 4000).status == 204
        assert caller.offset(path) == 4000
        rest = content[4000:]
        assert caller.send_piece(path, 4000, [rest], len(rest)).status == 204
        video = caller.call("GET", path.replace("/uploads", "")).json
        assert (video["status"], video["size"]) == ("queued", len(content))

    def test_a_body_of_unannounced_length_arrives(self, caller: Caller) -> None:
        path = caller.create_upload(200_000)
        headers = piece_headers(0, 0)
        del headers["Content_Length"]
        answer = caller.call("PATCH", path, iter([bytes(50_000)] * 3), **headers)
        assert answer.status == 204
        assert caller.offset(path) == 150_000

    def test_a_wrong_offset_is_refused(self, caller: Caller) -> None:
        path = caller.create_upload(100)
        assert caller.send_piece(path, 7, [b"x"], 1).status == 409

    def test_what_came_before_the_connection_broke_counts(self, caller: Caller) -> None:
        path = caller.create_upload(50_000_000)
        with caller.connected() as connection:
            connection.putrequest("PATCH", path)
            for name, value in caller.headers(**piece_headers(0, 50_000_000)).items():
                connection.putheader(name, value)
            connection.endheaders(b"x" * 1_000_000)
            time.sleep(0.3)
        wait_until(lambda: caller.offset(path) > 0, 10, "the piece is stored")
        assert 0 < caller.offset(path) <= 1_000_000


class TestClients:
    def test_a_slow_body_arrives_whole(self, caller: Caller) -> None:
        content = media.clip().read_bytes()

        def slowly() -> Iterator[bytes]:
            size = len(content) // 10 + 1
            for start in range(0, len(content), size):
                time.sleep(0.1)
                yield content[start : start + size]

        answer = caller.send_form(slowly(), len(content))
        assert answer.status == 202
        assert answer.json["size"] == len(content)

    def test_slow_bodies_do_not_hold_up_the_others(self, caller: Caller) -> None:
        path = caller.create_upload(1000)
        waiting: list[socket.socket] = []
        try:
            # Fewer than the threads of one process.
            for _ in range(settings.gateway.threads // 2):
                connection = socket.create_connection(("127.0.0.1", caller.port))
                head = f"PATCH {path} HTTP/1.1\r\nHost: localhost\r\n" + "".join(
                    f"{name}: {value}\r\n"
                    for name, value in caller.headers(**piece_headers(0, 100_000)).items()
                )
                connection.sendall(head.encode() + b"\r\n" + b"x")
                waiting.append(connection)
            began = time.monotonic()
            assert caller.call("GET", "/api/video").status == 200
            assert time.monotonic() - began < 3
        finally:
            for connection in waiting:
                connection.close()

    def test_a_client_that_leaves_in_the_middle_leaves_nothing(self, caller: Caller) -> None:
        incoming = settings.home / "incoming"
        begin, _ = form_around("tatil.mp4")
        with caller.connected() as connection:
            connection.putrequest("POST", "/api/video/upload")
            connection.putheader("Content-Type", "multipart/form-data; boundary=b")
            connection.putheader("Content-Length", str(50 * MB))
            connection.putheader("Authorization", f"Bearer {caller.token}")
            connection.endheaders(begin + media.clip().read_bytes() + bytes(2 * MB))
            wait_until(lambda: list(incoming.glob("*")), 10, "the file begins to arrive")
        wait_until(lambda: not list(incoming.glob("*")), 10, "what arrived is removed")
        assert caller.call("GET", "/api/video").json["items"] == []


@pytest.mark.parametrize("way", ["form", "tus"])
def test_memory_stays_flat_while_300_megabytes_arrive(
    server: Server, caller: Caller, way: str
) -> None:
    upload(caller)
    size = 300 * MB
    before = [process.memory() for process in server.processes]
    highest = list(before)

    def watched() -> Iterator[bytes]:
        for number, piece in enumerate(large_file(size)):
            if number % 10 == 0:
                for index, process in enumerate(server.processes):
                    highest[index] = max(highest[index], process.memory())
            yield piece

    if way == "form":
        answer = caller.send_form(watched(), size)
        assert answer.status == 202, answer.body
        original = f"{answer.json['id']}/original"
        [key] = [key for key in storage().list("workspaces") if key.endswith(original)]
        assert storage().size(key) == size
        summed = hashlib.sha256()
        for piece in storage().read(key):
            summed.update(piece)
        expected = hashlib.sha256()
        for piece in large_file(size):
            expected.update(piece)
        assert summed.digest() == expected.digest()
        storage().remove(key)
    else:
        path = caller.create_upload(size)
        assert caller.send_piece(path, 0, watched(), size).status == 204
        assert caller.call("GET", path.replace("/uploads", "")).json["size"] == size
        storage().delete(f"workspaces/{_workspace_of(caller)}")
    for low, high in zip(before, highest, strict=True):
        assert high - low < 80 * MB


def _workspace_of(caller: Caller) -> str:
    return str(caller.call("GET", "/api/auth/me").json["workspace"]["id"])
