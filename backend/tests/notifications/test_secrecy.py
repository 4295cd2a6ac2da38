"""Addresses and secrets of other people's systems: sealed at rest, absent from the log."""

import io
import json
import logging
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from flask.testing import FlaskClient

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
from ultra.kit import crypto
from ultra.kit.db import Base, engine
from ultra.notifications import sealing

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


def test_what_is_moved_to_another_row_does_not_open() -> None:
    sealed = sealing.seal_text("https://example.com", "a:1")
    assert sealing.open_text(sealed, "a:1") == "https://example.com"
    assert sealing.open_text(sealed, "a:2") is None
    with pytest.raises(InvalidTag):
        crypto.unseal(crypto.derive_key("signing keys"), sealed, context="a:1")


@pytest.fixture
def forget_secret(monkeypatch: pytest.MonkeyPatch) -> Any:
    def forget() -> None:
        monkeypatch.setattr(sealing, "_key", lambda: bytes(32))

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
