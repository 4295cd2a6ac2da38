"""Processes of the product as tests start and kill them, and what they say over HTTP."""

import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import psutil

from ultra.settings import REPOSITORY

BACKEND = REPOSITORY / "backend"


def wait_until(is_so: Callable[[], Any], seconds: float, what: str) -> Any:
    """The first true answer of `is_so`; fails with `what` when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := is_so():
            return found
        time.sleep(0.05)
    raise AssertionError(f"after {seconds} s still not: {what}")


class Child:
    """One process of the product in a session of its own, with its log."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self._log = tempfile.NamedTemporaryFile(prefix="ultra-test-log-")  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=BACKEND,
            env={**os.environ, "PYTHONPATH": str(BACKEND), **environment},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        self.kill()
        self._log.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_gone(self) -> bool:
        return self._process.poll() is not None

    def log(self) -> str:
        return Path(self._log.name).read_text()

    def events(self, name: str) -> list[dict[str, Any]]:
        """Log lines of one event."""
        lines = [line for line in self.log().splitlines() if line.startswith("{")]
        return [line for line in map(json.loads, lines) if line["event"] == name]

    def descendants(self, name: str = "") -> list[psutil.Process]:
        """Living processes below this one whose program's name contains `name`."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return [
                each
                for each in psutil.Process(self.pid).children(recursive=True)
                if name in Path(each.exe()).name
            ]
        return []

    def memory(self) -> int:
        """Bytes of RAM of this process and those below it."""
        found = [psutil.Process(self.pid), *self.descendants()]
        return sum(each.memory_info().rss for each in found)

    def terminate(self) -> None:
        self._process.terminate()

    def wait(self, seconds: float) -> int:
        return self._process.wait(seconds)

    def kill(self) -> None:
        """End the whole group as the kernel does it when memory is short."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait(10)


class Answer:
    """What came back."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """A person's program: a token, no cookies; each call on a connection of its own."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.port, self.token = port, token

    @classmethod
    def signed_up(cls, port: int) -> "Caller":
        body = {
            "email": f"kisi{random.getrandbits(64):x}@example.test",
            "password": "doğru at pil zımba",
            "name": "Ayşe Yılmaz",
        }
        answer = cls(port).call("POST", "/api/auth/register", json_body=body)
        assert answer.status == 201, answer.body
        return cls(port, answer.json["token"])

    def headers(self, **more: str) -> dict[str, str]:
        given = {name.replace("_", "-"): value for name, value in more.items()}
        if self.token:
            given["Authorization"] = f"Bearer {self.token}"
        return given

    @contextlib.contextmanager
    def connected(self, seconds: float = 60) -> Iterator[http.client.HTTPConnection]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            yield connection
        finally:
            connection.close()

    def call(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        json_body: Any = None,
        **headers: str,
    ) -> Answer:
        if json_body is not None:
            body, headers["Content_Type"] = json.dumps(json_body).encode(), "application/json"
        with self.connected() as connection:
            connection.request(method, path, body, self.headers(**headers))
            return Answer(connection.getresponse())

    def send_form(self, content: Iterable[bytes], size: int, name: str = "tatil.mp4") -> Answer:
        """Upload a file as a form, piece by piece."""
        begin, end = form_around(name)
        length = len(begin) + size + len(end)
        return self.call(
            "POST",
            "/api/video/upload",
            (piece for part in ([begin], content, [end]) for piece in part),
            Content_Type="multipart/form-data; boundary=b",
            Content_Length=str(length),
        )

    def create_upload(self, length: int) -> str:
        answer = self.call(
            "POST", "/api/video/uploads", b"", Tus_Resumable="1.0.0", Upload_Length=str(length)
        )
        assert answer.status == 201, answer.body
        return str(answer.headers["Location"])

    def send_piece(self, path: str, offset: int, content: Iterable[bytes], size: int) -> Answer:
        return self.call("PATCH", path, content, **piece_headers(offset, size))

    def offset(self, path: str) -> int:
        answer = self.call("HEAD", path, Tus_Resumable="1.0.0")
        assert answer.status == 200
        return int(answer.headers["Upload-Offset"])


def piece_headers(offset: int, size: int) -> dict[str, str]:
    return {
        "Tus_Resumable": "1.0.0",
        "Upload_Offset": str(offset),
        "Content_Type": "application/offset+octet-stream",
        "Content_Length": str(size),
    }


def form_around(name: str) -> tuple[bytes, bytes]:
    begin = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return begin.encode(), b"\r\n--b--\r\n"


class Events:
    """One open page's live events."""

    def __init__(
        self, caller: Caller, last_event_id: str | None = None, path: str = "/api/events"
    ) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", caller.port, timeout=20)
        more = {"Last_Event_ID": last_event_id} if last_event_id else {}
        self._connection.request("GET", path, headers=caller.headers(**more))
        self.response = self._connection.getresponse()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.response.close()
        self._connection.close()

    def next(self) -> dict[str, str] | None:
        """The next event, without comments; None when the stream has ended."""
        found: dict[str, str] = {}
        while line := self.response.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            if name:
                found[name] = value
            elif "event" in found:
                return found
            else:
                found = {}
        return None
