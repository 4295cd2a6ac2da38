"""What becomes of a workspace's webhooks stands in its audit log, without what is secret."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.auth import SignedUp
from tests.factories.notifications import API, add_endpoint, ready, run_due
from tests.notifications.receiver import Receiver, Reply
from ultra.auth.audit.models import Entry
from ultra.kit.db import read_only

ENDPOINTS = f"{API}/endpoints"


def entries(person: SignedUp) -> list[Entry]:
    with read_only() as session:
        query = select(Entry).where(
            Entry.chain == person.workspace_id, Entry.object_type == "webhook"
        )
        return list(session.scalars(query.order_by(Entry.position)))


@pytest.fixture
def made(client: FlaskClient, person: SignedUp, receiver: Receiver) -> Any:
    return add_endpoint(client, receiver.url("/verysecret"))


def test_making_it(person: SignedUp, made: Any) -> None:
    (entry,) = entries(person)
    assert (entry.action, entry.object_id) == ("webhook.created", made["id"])
    assert entry.user_id == person.user_id
    assert entry.facts == {"name": "Muhasebe", "type": "webhook", "host": "127.0.0.1", "kinds": []}


def test_leading_it_elsewhere(
    client: FlaskClient, person: SignedUp, made: Any, receiver: Receiver
) -> None:
    client.patch(
        f"{ENDPOINTS}/{made['id']}", json={"url": receiver.url("/evil"), "kinds": ["note"]}
    )
    entry = entries(person)[-1]
    assert entry.action == "webhook.changed"
    assert entry.facts == {
        "name": "Muhasebe",
        # Also where the host stays the same.
        "hosts": {"from": "127.0.0.1", "to": "127.0.0.1"},
        "kinds": {"from": [], "to": ["note"]},
    }


def test_a_change_that_changes_nothing_is_none(
    client: FlaskClient, person: SignedUp, made: Any, receiver: Receiver
) -> None:
    same = {"url": receiver.url("/verysecret"), "name": "Muhasebe", "is_enabled": True}
    client.patch(f"{ENDPOINTS}/{made['id']}", json=same)
    client.post(f"{ENDPOINTS}/{made['id']}/enable")
    assert [entry.action for entry in entries(person)] == ["webhook.created"]


def test_the_rest_of_its_life(client: FlaskClient, person: SignedUp, made: Any) -> None:
    path = f"{ENDPOINTS}/{made['id']}"
    client.post(f"{path}/rotate")
    client.patch(path, json={"is_enabled": False})
    client.post(f"{path}/enable")
    client.delete(path)
    found = entries(person)
    assert [entry.action for entry in found] == [
        "webhook.created",
        "webhook.secret_renewed",
        "webhook.changed",
        "webhook.changed",
        "webhook.deleted",
    ]
    assert found[2].facts["is_enabled"] == {"from": True, "to": False}
    assert found[4].facts["host"] == "127.0.0.1"


def test_switched_off_by_the_product(person: SignedUp, made: Any, receiver: Receiver) -> None:
    receiver.reply(Reply(410), path="/verysecret")
    ready(person)
    run_due("notifications.deliver_to_endpoint")
    entry = entries(person)[-1]
    assert (entry.action, entry.user_id) == ("webhook.switched_off", None)
    assert entry.facts["reason"] == "gone"


def test_nothing_of_it_is_secret(
    client: FlaskClient, person: SignedUp, made: Any, receiver: Receiver
) -> None:
    new = client.post(f"{ENDPOINTS}/{made['id']}/rotate").get_json()["secret"]
    client.patch(f"{ENDPOINTS}/{made['id']}", json={"url": receiver.url("/othersecret")})
    client.delete(f"{ENDPOINTS}/{made['id']}")
    written = client.get("/api/audit").text
    assert "webhook.deleted" in written
    for secret in ("verysecret", "othersecret", made["secret"], new):
        assert secret not in written
