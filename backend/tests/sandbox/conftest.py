"""The sandbox as a real server on a free port, in a home of its own."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpcore
import pytest
from werkzeug.serving import make_server

from ultra.kit.outgoing import Answer, Client
from ultra.sandbox.app import create_app
from ultra.sandbox.server import Handler
from ultra.settings import settings


@dataclass(frozen=True)
class Sandbox:
    address: str
    home: Path

    def ask(self, method: str, path: str, content: Any = None, **headers: str) -> httpcore.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = content.encode() if isinstance(content, str) else content
        return httpcore.request(method, self.address + path, headers=named, content=body)


Start = Callable[[], Sandbox]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start a sandbox on the same home each time: as a restart does."""
    running = []

    def start_one() -> Sandbox:
        app = create_app(tmp_path)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
        # A connection that a test left open must not hold up its end.
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((server, thread, app))
        monkeypatch.setattr(settings, "sandbox_port", server.server_port)
        monkeypatch.setattr(settings, "home", tmp_path)
        return Sandbox(f"http://127.0.0.1:{server.server_port}", tmp_path)

    yield start_one
    for server, thread, app in running:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["sandbox"].close()


@pytest.fixture
def sandbox(start: Start) -> Sandbox:
    return start()


@pytest.fixture
def product() -> Client:
    """The client with which the product itself would call the sandbox."""
    return Client(total_seconds=5)


__all__ = ["Answer", "Client", "Sandbox", "Start"]
