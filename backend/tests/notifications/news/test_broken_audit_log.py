"""A log that was tampered with: operators are told, once for each break."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.factories.auth import SignedUp, as_browser
from tests.factories.notifications import (
    API,
    add_browser,
    add_endpoint,
    deliveries,
    mails,
    run_due,
    run_now,
)
from tests.kit.tasks.toys import jobs_named
from tests.notifications.receiver import Receiver
from ultra.kit.db import engine, transaction
from ultra.kit.tasks import JobState, enqueue

VERIFY = "auth.verify_audit_log"
Verify = Callable[[], Any]


def by_force(statement: str, **values: object) -> None:
    """As somebody who owns the database could."""
    with engine.begin() as connection:
        connection.execute(text("set local session_replication_role = 'replica'"))
        connection.execute(text(statement), values)


def change(chain: object, position: int, action: str = "nothing.done") -> None:
    by_force(
        "update audit_log set action = :action where chain = :chain and position = :position",
        action=action,
        chain=chain,
        position=position,
    )


def original(chain: object, position: int) -> str:
    query = text("select action from audit_log where chain = :chain and position = :position")
    with engine.connect() as connection:
        found: str = connection.scalars(query, {"chain": chain, "position": position}).one()
    return found


def verify() -> JobState:
    with transaction() as session:
        enqueue(session, VERIFY)
    state = run_now(jobs_named(VERIFY)[-1].id).state
    run_due("jobs.%")
    run_due("notifications.tell%")
    return state


def told(client: FlaskClient) -> list[Any]:
    items: list[Any] = client.get(API).get_json()["items"]
    return items[::-1]


@pytest.fixture
def entries(client: FlaskClient, person: SignedUp) -> SignedUp:
    """Somebody in whose workspace's log there are some."""
    for name in ("Bir", "İki", "Üç"):
        client.patch("/api/workspaces/current", json={"name": name})
    return person


def test_operators_are_told_by_every_channel_of_theirs(
    client: FlaskClient, entries: SignedUp, stranger: FlaskClient, receiver: Receiver
) -> None:
    add_browser(client, receiver.url("/push"))
    add_endpoint(client, receiver.url("/hook"))
    assert verify() is JobState.DONE
    assert told(client) == []
    change(entries.workspace_id, 2)
    assert verify() is JobState.FAILED
    [found] = told(client)
    assert (found["kind"], found["title"]) == (
        "installation.audit",
        "An audit log was tampered with",
    )
    assert f"of workspace {entries.workspace_id}" in found["body"]
    assert "from entry 2 on" in found["body"]
    run_due("notifications.%")
    assert sorted(delivery.channel for delivery in deliveries()) == ["email", "push"]
    [mail] = mails()
    assert mail["to"] == entries.user["email"]
    assert told(stranger) == []


def test_once_for_each_break(client: FlaskClient, entries: SignedUp) -> None:
    former_second, former = (original(entries.workspace_id, each) for each in (2, 3))
    change(entries.workspace_id, 3)
    for _ in range(3):
        assert verify() is JobState.FAILED
    assert len(told(client)) == 1
    change(entries.workspace_id, 2)
    verify()
    verify()
    assert [("entry 2" in each["body"], "entry 3" in each["body"]) for each in told(client)] == [
        (False, True),
        (True, False),
    ]
    # Put right, and broken in the same place once more: that is news.
    change(entries.workspace_id, 3, former)
    change(entries.workspace_id, 2, former_second)
    assert verify() is JobState.DONE
    change(entries.workspace_id, 3)
    verify()
    assert len(told(client)) == 3


def test_the_installations_own_log_as_well(
    client: FlaskClient, app: Flask, person: SignedUp
) -> None:
    body = {"email": person.user["email"], "password": "yanlış bir parola"}
    assert as_browser(app).post("/api/auth/login", json=body).status_code == 401
    change("00000000-0000-0000-0000-000000000000", 1)
    assert verify() is JobState.FAILED
    [found] = told(client)
    assert "The audit log of the installation" in found["body"]
