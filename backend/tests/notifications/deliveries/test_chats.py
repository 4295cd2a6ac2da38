"""Slack and Discord: shape, what their answers mean, never twice."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

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
from ultra.kit.db import transaction
from ultra.kit.tasks import JobState
from ultra.notifications.deliveries import attempts
from ultra.notifications.deliveries.models import DeliveryAttempt
from ultra.notifications.deliveries.service import SCHEDULE
from ultra.notifications.endpoints.models import Endpoint
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
    url = f"{settings.website_url}/en/videos/{video.id}?workspace={person.workspace_id}"
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
    assert (
        embed["url"]
        == f"{settings.website_url}/en/videos/{video.id}?workspace={person.workspace_id}"
    )
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


class TestSilence:
    """Each message to a chat is sent once; one that never answers is switched off all the same."""

    LONG = timedelta(days=20)
    OFTEN = 3

    @pytest.fixture(autouse=True)
    def short_schedule(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(attempts, "SCHEDULE", SCHEDULE[: self.OFTEN - 1])

    @pytest.fixture
    def quiet(self, client: FlaskClient, person: SignedUp, receiver: Receiver) -> Any:
        """A chat that answers nothing."""
        receiver.always(Reply(is_silent=True))
        return add_endpoint(client, receiver.url(), "slack")

    def tell(self, person: SignedUp, times: int) -> None:
        for _ in range(times):
            ready(person)
            run_due("notifications.deliver_to_endpoint")

    def begin_earlier(self) -> None:
        with transaction() as session:
            session.execute(
                update(Endpoint).values(failing_since=Endpoint.failing_since - self.LONG)
            )

    def is_on(self, client: FlaskClient, chat: Any) -> bool:
        found = client.get(f"{API}/endpoints/{chat['id']}").get_json()
        assert found["disabled_reason"] == (None if found["is_enabled"] else "failing")
        return bool(found["is_enabled"])

    def test_as_long_and_as_often_as_one_message_is_tried(
        self, client: FlaskClient, person: SignedUp, quiet: Any
    ) -> None:
        self.tell(person, self.OFTEN - 1)
        self.begin_earlier()
        assert self.is_on(client, quiet)
        self.tell(person, 1)
        assert not self.is_on(client, quiet)
        run_due("notifications.tell%")
        assert len(client.get(f"{API}?kind=webhook.disabled").get_json()["items"]) == 1

    def test_not_for_one_bad_evening(
        self, client: FlaskClient, person: SignedUp, quiet: Any
    ) -> None:
        self.tell(person, self.OFTEN + 1)
        assert self.is_on(client, quiet)

    def test_not_for_few_messages(self, client: FlaskClient, person: SignedUp, quiet: Any) -> None:
        self.tell(person, 1)
        self.begin_earlier()
        self.tell(person, self.OFTEN - 2)
        assert self.is_on(client, quiet)

    def test_one_answer_begins_anew(
        self, client: FlaskClient, person: SignedUp, quiet: Any, receiver: Receiver
    ) -> None:
        self.tell(person, self.OFTEN - 1)
        self.begin_earlier()
        receiver.reply(Reply())
        self.tell(person, 2)
        assert self.is_on(client, quiet)

    def test_what_our_own_side_broke_off_does_not_count(
        self, client: FlaskClient, person: SignedUp, quiet: Any
    ) -> None:
        self.tell(person, self.OFTEN - 1)
        with transaction() as session:
            session.execute(update(DeliveryAttempt).values(error_code="interrupted"))
        self.begin_earlier()
        self.tell(person, 1)
        assert self.is_on(client, quiet)
