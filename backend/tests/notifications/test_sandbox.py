"""Every channel with the sandbox on the other side, as a new user tries them without an account."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.factories.auth import SignedUp
from tests.factories.notifications import API, add_endpoint, deliveries, ready, run_due
from ultra.sandbox.app import create_app
from ultra.sandbox.server import Handler
from ultra.settings import settings


@pytest.fixture
def sandbox(stores: None) -> Iterator[str]:
    """Yield its address."""
    app = create_app(settings.home)
    port = settings.sandbox_port
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["sandbox"].close()


def ask(method: str, url: str, body: Any = None) -> Any:
    content = None if body is None else json.dumps(body).encode()
    return json.loads(httpcore.request(method, url, content=content).content or b"null")


def test_every_channel_arrives(client: FlaskClient, person: SignedUp, sandbox: str) -> None:
    webhook = add_endpoint(client, f"{sandbox}/catch/tour")
    ask("PUT", f"{sandbox}/catcher/tour/secret", {"secret": webhook["secret"]})
    add_endpoint(client, f"{sandbox}/slack/tour", "slack")
    add_endpoint(client, f"{sandbox}/discord/tour", "discord")
    key = client.get(f"{API}/push/key").get_json()["public_key"]
    device = ask("POST", f"{sandbox}/push", {"application_server_key": key})
    subscription = {"endpoint": device["endpoint"], "keys": device["keys"]}
    assert client.post(f"{API}/push/subscriptions", json=subscription).status_code == 201

    video = ready(person)
    run_due()

    assert {each.state for each in deliveries()} == {"delivered"}
    assert len(deliveries()) == 5
    caught = ask("GET", f"{sandbox}/catcher/tour/requests")["items"]
    assert sorted(each["kind"] for each in caught) == ["discord", "slack", "webhook"]
    (signed,) = (each for each in caught if each["kind"] == "webhook")
    assert signed["signature"] == "valid"
    (message,) = ask("GET", f"{sandbox}/push/{device['id']}/messages")["items"]
    assert message["trouble"] is None
    href = json.loads(message["text"])["href"]
    assert href == f"/videos/{video.id}?workspace={person.workspace_id}"
    (mail,) = ask("GET", f"{sandbox}/mailbox/messages?to={person.user['email']}")
    assert mail["subject"] == "Your video is ready"
    assert f"/videos/{video.id}" in mail["html"]


def test_a_browser_that_is_gone_there_is_forgotten_here(
    client: FlaskClient, person: SignedUp, sandbox: str
) -> None:
    device = ask("POST", f"{sandbox}/push", {})
    subscription = {"endpoint": device["endpoint"], "keys": device["keys"]}
    client.post(f"{API}/push/subscriptions", json=subscription)
    ask("PUT", f"{sandbox}/push/{device['id']}/behaviour", {"status": 410})
    ready(person)
    run_due()
    assert client.get(f"{API}/push/subscriptions").get_json()["items"] == []
