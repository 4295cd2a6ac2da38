"""Addresses and secrets of other people's systems: sealed at rest, absent from the log."""

import io
import json
import logging
from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import event

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    API,
    add_browser,
    add_endpoint,
    base64url,
    only,
    ready,
    run_due,
)
from tests.notifications.receiver import Receiver, Reply
from ultra.kit.db import Base, engine, transaction
from ultra.kit.vault import key_ring, recent
from ultra.notifications.endpoints import service as endpoints
from ultra.notifications.endpoints.models import Endpoint
from ultra.settings import Secrets, settings

TABLES = ("notification_endpoints", "push_devices", "notification_deliveries", "jobs", "outbox")
"""Where such a thing could have got to."""


def everything_stored() -> bytes:
    """Every value of these tables."""
    found = b""
    with engine.connect() as connection:
        for table in TABLES:
            for row in connection.execute(Base.metadata.tables[table].select()):
                for value in row:
                    found += bytes(value) if isinstance(value, bytes) else str(value).encode()
    return found


def test_nothing_lies_in_the_clear(
    client: FlaskClient, person: SignedUp, receiver: Receiver
) -> None:
    webhook = add_endpoint(client, receiver.url("/hook-address"))
    client.post(f"{API}/endpoints/{webhook['id']}/rotate")
    add_endpoint(client, receiver.url("/chat-address"), "slack")
    browser = add_browser(client, receiver.url("/push-address"))
    ready(person)
    run_due()
    stored = everything_stored()
    assert person.workspace_id.hex.encode() in stored.replace(b"-", b"")
    for secret in (
        "hook-address",
        "chat-address",
        "push-address",
        webhook["secret"],
        base64url(browser.auth),
    ):
        assert secret.encode() not in stored, secret


def test_nothing_reaches_the_log(
    client: FlaskClient, person: SignedUp, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    try:
        webhook = add_endpoint(client, receiver.url("/hook-address"))
        add_endpoint(client, receiver.url("/chat-address"), "slack")
        add_browser(client, receiver.url("/push-address"))
        for path in ("/hook-address", "/chat-address", "/push-address"):
            receiver.reply(Reply(500), path=path)
        ready(person)
        run_due()
    finally:
        logging.getLogger().removeHandler(handler)
    logged = stream.getvalue() + capsys.readouterr().out
    assert "job.started" in logged
    for secret in ("-address", webhook["secret"], person.user["email"]):
        assert secret not in logged, secret


def test_what_is_moved_to_another_row_does_not_open(
    client: FlaskClient, receiver: Receiver, person: SignedUp
) -> None:
    """Not even in the same workspace, and none of its three columns in place of another."""
    first = add_endpoint(client, receiver.url("/first"))
    second = add_endpoint(client, receiver.url("/second"))
    with transaction() as session:
        source, target = (session.get_one(Endpoint, UUID(each["id"])) for each in (first, second))
        target.sealed_url = source.sealed_url
        assert endpoints.address_of(session, target) is None
        source.sealed_url = source.sealed_secret or b""
        assert endpoints.address_of(session, source) is None


@pytest.fixture
def forget_secret(monkeypatch: pytest.MonkeyPatch) -> Any:
    def forget() -> None:
        ring = dict.fromkeys(["new"], SecretStr(b64encode(bytes(32)).decode()))
        monkeypatch.setattr(settings, "secrets", Secrets(keys=ring, current="new"))
        monkeypatch.setattr(key_ring, "derive_key", lambda _: bytes(32))

    return forget


def test_after_a_change_of_the_secret_pages_still_open(
    client: FlaskClient, person: SignedUp, receiver: Receiver, forget_secret: Any
) -> None:
    add_endpoint(client, receiver.url())
    add_browser(client, receiver.url("/push/a"))
    ready(person)
    forget_secret()
    (found,) = client.get(f"{API}/endpoints").get_json()["items"]
    assert found["url"] == ""
    assert len(client.get(f"{API}/push/subscriptions").get_json()["items"]) == 1
    run_due()
    assert receiver.received == []
    for channel in ("webhook", "push"):
        assert only(channel=channel).error_code == "secret_lost"
    # A new address makes it work again.
    answer = client.patch(f"{API}/endpoints/{found['id']}", json={"url": receiver.url("/new")})
    assert json.loads(answer.text)["url"] == receiver.url("/new")


def test_fifty_messages_read_the_data_key_once(
    client: FlaskClient, person: SignedUp, receiver: Receiver
) -> None:
    for number in range(10):
        add_endpoint(client, receiver.url(f"/hook/{number}"))
    recent.forget(person.workspace_id)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM data_keys" in statement:
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        for number in range(5):
            ready(person, f"Video {number}")
            run_due()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(receiver.received) == 50
    assert len(asked) == 1
