"""With real workers and a real kill -9 in the middle of a delivery."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    add_browser,
    add_endpoint,
    complete_video,
    deliveries,
    mails,
    only,
    tell_ready,
)
from tests.integration.processes import Child, wait_until
from tests.notifications.receiver import Receiver, Reply

pytestmark = pytest.mark.slow

LEASE_SECONDS = 3


@pytest.fixture
def children() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def start(children: ExitStack, *arguments: str) -> Child:
    child = Child("ultra.worker", *arguments, ULTRA_JOBS__LEASE_SECONDS=str(LEASE_SECONDS))
    return children.enter_context(child)


def all_delivered() -> bool:
    return {each.state for each in deliveries()} == {"delivered"}


def test_news_reach_everybody_without_anybody_looking(
    client: FlaskClient, person: SignedUp, receiver: Receiver, children: ExitStack
) -> None:
    browser = add_browser(client, receiver.url("/push/a"))
    add_endpoint(client, receiver.url("/hook"))
    add_endpoint(client, receiver.url("/chat"), "slack")
    start(children, "dispatch")
    start(children, "run", "api", "general")
    tell_ready(complete_video(person))
    wait_until(all_delivered, 60, "everything is delivered")
    paths = sorted(each.path for each in receiver.received)
    assert paths == ["/chat", "/hook", "/push/a"]
    assert browser.read(receiver.at("/push/a")[0].body)["title"] == "Your video is ready"
    # Beside the letter that asks a new person to verify their address.
    assert [mail["Subject"] for mail in mails()].count("Your video is ready") == 1


def test_a_worker_killed_while_it_sends(
    client: FlaskClient, person: SignedUp, receiver: Receiver, children: ExitStack
) -> None:
    """The webhook is sent again under its id; the chat message is not, and the log says why."""
    answering = threading.Event()
    for path in ("/hook", "/chat"):
        receiver.reply(Reply(waits_for=answering), path=path)
    add_endpoint(client, receiver.url("/hook"))
    add_endpoint(client, receiver.url("/chat"), "slack")
    start(children, "dispatch")
    victim = start(children, "run", "api", "general")
    tell_ready(complete_video(person))
    wait_until(lambda: len(receiver.received) == 2, 60, "both are being sent")
    victim.kill()
    answering.set()
    start(children, "run", "api", "general")
    wait_until(lambda: only(channel="webhook").state == "delivered", 60, "it is sent again")
    wait_until(lambda: only(channel="slack").state == "failed", 60, "it is settled")
    assert only(channel="slack").error_code == "outcome_unknown"
    assert len(receiver.at("/chat")) == 1
    assert [each.headers["webhook-id"] for each in receiver.at("/hook")] == [
        str(only(channel="webhook").message_id)
    ] * 2
