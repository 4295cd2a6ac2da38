"""A program of somebody else: takes POSTs where the sandbox would be, and answers as told."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ultra.settings import settings


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    is_silent: bool = False
    """Hang up without an answer, once the request is read."""
    waits_for: threading.Event | None = None


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """Answers 200 unless a path has replies lined up."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self._replies: dict[str, list[Reply]] = defaultdict(list)
        self._always: dict[str, Reply] = {}

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{settings.sandbox_port}{path}"

    def reply(self, *replies: Reply, path: str = "/hook") -> None:
        """What the next calls of a path get."""
        self._replies[path].extend(replies)

    def always(self, reply: Reply, path: str = "/hook") -> None:
        self._always[path] = reply

    def at(self, path: str) -> list[Received]:
        return [each for each in self.received if each.path == path]

    def take(self, received: Received) -> Reply:
        self.received.append(received)
        lined_up = self._replies[received.path]
        return lined_up.pop(0) if lined_up else self._always.get(received.path, Reply())


class _Server(ThreadingHTTPServer):
    receiver: Receiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.receiver.take(Received(self.path, headers, body))
        if reply.waits_for:
            reply.waits_for.wait(30)
        if reply.is_silent:
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(reply.body)))
        with suppress(BrokenPipeError, ConnectionResetError):
            # Whoever asked may be dead by now.
            self.end_headers()
            self.wfile.write(reply.body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = _Server(("127.0.0.1", settings.sandbox_port), _Handler)
    server.receiver = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
