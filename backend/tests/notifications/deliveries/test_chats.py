"""Slack and Discord: shape, what their answers mean, never twice."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    API,
    add_endpoint,
    deliveries,
    failed,
    job_of,
    only,
    ready,
    run_due,
)
from tests.notifications.receiver import Receiver, Reply
from ultra.kit.tasks import JobState
from ultra.settings import settings


@pytest.fixture(params=["slack", "discord"])
def chat(
    request: pytest.FixtureRequest, client: FlaskClient, person: SignedUp, receiver: Receiver
) -> Any:
    return add_endpoint(client, receiver.url(), request.param)


def sent(receiver: Receiver) -> Any:
    return json.loads(receiver.received[-1].body)


def test_slack_gets_blocks(client: FlaskClient, person: SignedUp, receiver: Receiver) -> None:
    add_endpoint(client, receiver.url(), "slack")
    video = ready(person, "<!channel> A & B")
    run_due()
    message = sent(receiver)
    url = f"{settings.website_url}/en/videos/{video.id}"
    body = "“&lt;!channel&gt; A &amp; B” is ready to play and download."
    assert message["text"] == f"Your video is ready: {body}"
    section, context = message["blocks"]
    assert section["text"] == {"type": "mrkdwn", "text": f"*<{url}|Your video is ready>*\n{body}"}
    assert context["type"] == "context"


def test_discord_gets_an_embed(client: FlaskClient, person: SignedUp, receiver: Receiver) -> None:
    add_endpoint(client, receiver.url(), "discord")
    video = ready(person, "@everyone **A** [x](https://evil.example)")
    run_due()
    message = sent(receiver)
    (embed,) = message["embeds"]
    assert message["allowed_mentions"] == {"parse": []}
    assert embed["title"] == "Your video is ready"
    assert embed["url"] == f"{settings.website_url}/en/videos/{video.id}"
    assert r"\*\*A\*\* \[x\]\(https://evil.example\)" in embed["description"]
    assert embed["color"] == 0xFFD700
    assert embed["timestamp"]


def test_an_urgent_one_is_red(client: FlaskClient, person: SignedUp, receiver: Receiver) -> None:
    add_endpoint(client, receiver.url(), "discord")
    failed(person)
    run_due()
    assert sent(receiver)["embeds"][0]["color"] == 0x8B0000


def test_is_written_in_the_language_of_who_set_it_up(
    client: FlaskClient, person: SignedUp, receiver: Receiver
) -> None:
    client.patch("/api/auth/me", json={"locale": "tr"})
    add_endpoint(client, receiver.url(), "slack")
    ready(person)
    run_due()
    assert sent(receiver)["text"].startswith("Videonuz hazır")
    assert f"<{settings.website_url}/videos/" in sent(receiver)["blocks"][0]["text"]["text"]


def test_a_long_text_fits(person: SignedUp, chat: Any, receiver: Receiver) -> None:
    ready(person, "ş&" * 100)
    run_due()
    assert len(receiver.received[0].body) < 3000


@pytest.mark.parametrize("status", [403, 404, 410])
def test_one_that_is_gone_is_switched_off(
    client: FlaskClient, person: SignedUp, chat: Any, receiver: Receiver, status: int
) -> None:
    receiver.reply(Reply(status, b"no_service"))
    ready(person)
    run_due()
    found = client.get(f"{API}/endpoints/{chat['id']}").get_json()
    assert (found["is_enabled"], found["disabled_reason"]) == (False, "gone")
    assert len(client.get(f"{API}?kind=webhook.disabled").get_json()["items"]) == 1


def test_one_that_refuses_a_message_stays_on(
    client: FlaskClient, person: SignedUp, chat: Any, receiver: Receiver
) -> None:
    receiver.reply(Reply(400, b"invalid_payload"))
    ready(person)
    run_due()
    delivery = only(kind="video.ready", channel=chat["type"])
    assert (delivery.state, delivery.error_code) == ("failed", "refused")
    assert job_of(delivery).state == JobState.FAILED
    assert client.get(f"{API}/endpoints/{chat['id']}").get_json()["is_enabled"] is True


def test_one_that_is_busy_is_tried_again(person: SignedUp, chat: Any, receiver: Receiver) -> None:
    receiver.reply(Reply(429, headers={"retry-after": "2"}))
    ready(person)
    run_due()
    delivery = only(channel=chat["type"])
    assert (delivery.state, delivery.error_code) == ("pending", "throttled")
    assert job_of(delivery).state == JobState.WAITING


def test_without_an_answer_it_is_not_sent_twice(
    client: FlaskClient, person: SignedUp, chat: Any, receiver: Receiver
) -> None:
    """It may have arrived. A person sees that in the log, and may replay it."""
    receiver.reply(Reply(is_silent=True))
    ready(person)
    run_due()
    delivery = only(channel=chat["type"])
    assert (delivery.state, delivery.error_code) == ("failed", "outcome_unknown")
    assert len(receiver.received) == 1
    client.post(f"{API}/deliveries/{delivery.id}/replay")
    run_due()
    assert len(receiver.received) == 2
    states = [each.state for each in deliveries(channel=chat["type"])]
    assert states == ["failed", "delivered"]
