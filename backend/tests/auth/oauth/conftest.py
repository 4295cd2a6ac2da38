"""The sandbox plays Google and GitHub on a real port; it behaves again before each test."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.auth.oauth.trip import misbehave
from tests.factories.auth import as_browser
from ultra.sandbox.app import create_app
from ultra.sandbox.oauth.misbehaviours import Provider
from ultra.sandbox.server import Handler
from ultra.settings import settings


@pytest.fixture(scope="module")
def _sandbox_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    app = create_app(tmp_path_factory.mktemp("sandbox"))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["sandbox"].close()


@pytest.fixture(autouse=True)
def _providers(_sandbox_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "sandbox_port", _sandbox_port)
    for provider in Provider:
        misbehave(provider, None)


@pytest.fixture
def other_browser(client: FlaskClient, app: Flask) -> FlaskClient:
    return as_browser(app)
