"""Outgoing webhooks: signature, schedule, log, replay, switching off."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, update
from standardwebhooks import Webhook, WebhookVerificationError

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    API,
    add_endpoint,
    deliveries,
    job_of,
    only,
    ready,
    run_due,
    run_now,
)
from tests.kit.tasks import toys
from tests.notifications.receiver import Received, Receiver, Reply
from ultra.kit.db import transaction
from ultra.kit.tasks import JobState
from ultra.notifications.deliveries.models import Delivery
from ultra.notifications.deliveries.service import SCHEDULE
from ultra.notifications.endpoints.models import Endpoint
from ultra.settings import settings


@pytest.fixture
def endpoint(client: FlaskClient, person: SignedUp, receiver: Receiver) -> Any:
    return add_endpoint(client, receiver.url())


def shown(client: FlaskClient, endpoint: Any) -> Any:
    return client.get(f"{API}/endpoints/{endpoint['id']}").get_json()


def log_of(client: FlaskClient, delivery: Delivery) -> Any:
    return client.get(f"{API}/deliveries/{delivery.id}").get_json()


def verified(secret: str, received: Received) -> Any:
    """What the public library makes of a message; it raises for a wrong signature."""
    return Webhook(secret).verify(received.body, received.headers)


def only_delivery() -> Delivery:
    return only(channel="webhook")


def attempt() -> Delivery:
    """Make the next attempt now, whatever the schedule says."""
    job_id = only_delivery().job_id
    assert job_id is not None
    run_now(job_id)
    return only_delivery()


class TestMessage:
    def test_the_public_library_verifies_it(
        self, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        video = ready(person)
        run_due()
        (received,) = receiver.received
        told = verified(endpoint["secret"], received)
        assert told["type"] == "video.ready"
        assert told["data"]["video_id"] == str(video.id)
        assert told["data"]["title"] == "Tatil"
        assert told["data"]["url"] == (
            f"{settings.website_url}/en/videos/{video.id}?workspace={person.workspace_id}"
        )
        age = datetime.now(UTC) - datetime.fromisoformat(told["timestamp"])
        assert timedelta() < age < timedelta(minutes=1)
        assert received.headers["content-type"] == "application/json"
        assert received.headers["webhook-id"] == str(only_delivery().message_id)
        assert len(received.body) < 20_000

    def test_another_secret_does_not_verify_it(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        other = add_endpoint(client, receiver.url("/other"))
        ready(person)
        run_due()
        (received,) = receiver.at("/hook")
        with pytest.raises(WebhookVerificationError):
            verified(other["secret"], received)

    def test_two_endpoints_are_told_of_the_same_event(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        add_endpoint(client, receiver.url("/other"))
        ready(person)
        run_due()
        first, second = (json.loads(each.body)["data"]["id"] for each in receiver.received)
        assert first == second
        ids = {each.headers["webhook-id"] for each in receiver.received}
        assert len(ids) == 2

    def test_is_the_same_at_each_attempt_but_for_its_time(
        self, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(500))
        ready(person)
        attempt()
        attempt()
        first, second = receiver.received
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        verified(endpoint["secret"], second)


class TestRotation:
    def test_for_a_day_both_secrets_verify(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        answer = client.post(f"{API}/endpoints/{endpoint['id']}/rotate")
        new = answer.get_json()["secret"]
        assert new.startswith("whsec_")
        assert new != endpoint["secret"]
        ready(person)
        run_due()
        verified(endpoint["secret"], receiver.received[0])
        verified(new, receiver.received[0])

    def test_then_only_the_new_one(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        new = client.post(f"{API}/endpoints/{endpoint['id']}/rotate").get_json()["secret"]
        with transaction() as session:
            day = timedelta(hours=24)
            session.execute(
                update(Endpoint).values(old_secret_until=Endpoint.old_secret_until - day)
            )
        ready(person)
        run_due()
        verified(new, receiver.received[0])
        with pytest.raises(WebhookVerificationError):
            verified(endpoint["secret"], receiver.received[0])


class TestSchedule:
    def test_takes_about_three_days(self) -> None:
        assert sum(SCHEDULE, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)

    def test_is_followed_until_it_works(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(500), Reply(404), Reply(301, headers={"location": "/x"}))
        ready(person)
        for number, planned in enumerate(SCHEDULE[:3], start=1):
            delivery = attempt()
            job = job_of(delivery)
            assert (delivery.state, delivery.attempts) == ("pending", number)
            pause = job.not_before - datetime.now(UTC)
            # A tenth of jitter, less the moment that has passed.
            assert planned - timedelta(seconds=5) < pause <= planned * 1.1
            assert shown(client, endpoint)["failing_since"]
        assert attempt().state == "delivered"
        found = shown(client, endpoint)
        assert (found["failing_since"], found["last_status"]) == (None, 200)
        assert receiver.at("/x") == []
        statuses = [each["status"] for each in log_of(client, delivery)["attempts_log"]]
        assert statuses == [500, 404, 301, 200]

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_receiver_that_asks_for_time_gets_it(
        self, person: SignedUp, endpoint: Any, receiver: Receiver, status: int
    ) -> None:
        receiver.reply(Reply(status, headers={"retry-after": "3600"}))
        ready(person)
        pause = job_of(attempt()).not_before - datetime.now(UTC)
        assert timedelta(minutes=59) < pause <= timedelta(hours=1)

    def test_one_that_asks_for_less_than_planned_gets_the_plan(
        self, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(500), Reply(429, headers={"retry-after": "1"}))
        ready(person)
        attempt()
        pause = job_of(attempt()).not_before - datetime.now(UTC)
        assert pause > timedelta(minutes=4)

    @pytest.mark.parametrize(("reply", "code"), [(Reply(is_silent=True), "no_answer")])
    def test_silence_is_tried_again_with_the_same_id(
        self, person: SignedUp, endpoint: Any, receiver: Receiver, reply: Reply, code: str
    ) -> None:
        receiver.reply(reply)
        ready(person)
        assert (attempt().state, only_delivery().error_code) == ("pending", code)
        assert attempt().state == "delivered"
        assert len({each.headers["webhook-id"] for each in receiver.received}) == 1


class TestSwitchingOff:
    def exhaust(self) -> Delivery:
        """Let all attempts but the last have been made, and make that."""
        job_id = only_delivery().job_id
        assert job_id is not None
        toys.change(job_id, attempts=len(SCHEDULE))
        with transaction() as session:
            session.execute(update(Delivery).values(attempts=len(SCHEDULE)))
        delivery = attempt()
        run_due("notifications.delivery_failed")
        run_due("notifications.tell%")
        return delivery

    def test_after_the_last_attempt_with_a_notice(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.always(Reply(500, b"kaputt"))
        ready(person)
        self.exhaust()
        delivery = only(channel="webhook", kind="video.ready")
        assert (delivery.state, delivery.attempts) == ("failed", 10)
        assert job_of(delivery).state == JobState.DEAD
        found = shown(client, endpoint)
        assert (found["is_enabled"], found["disabled_reason"]) == (False, "failing")
        (notice,) = client.get(f"{API}?kind=webhook.disabled").get_json()["items"]
        assert notice["href"] == f"/settings/webhooks/{endpoint['id']}"
        assert "three days" in notice["body"]
        assert notice["is_urgent"]
        # It is told by mail, and not to what has just been switched off.
        assert [each.channel for each in deliveries(kind="webhook.disabled")] == ["email"]

    def test_not_when_other_messages_get_through(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.always(Reply(500))
        ready(person)
        attempt()
        with transaction() as session:
            session.execute(update(Endpoint).values(last_success_at=func.now()))
        self.exhaust()
        assert only_delivery().state == "failed"
        assert shown(client, endpoint)["is_enabled"] is True

    def test_at_once_when_it_is_gone(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(410))
        ready(person)
        delivery = attempt()
        assert (delivery.state, delivery.error_code) == ("failed", "gone")
        # It is handled: nobody has to look at a dead letter.
        assert job_of(delivery).state == JobState.DONE
        assert shown(client, endpoint)["disabled_reason"] == "gone"
        run_due("notifications.tell%")
        assert len(client.get(f"{API}?kind=webhook.disabled").get_json()["items"]) == 1

    def test_what_is_on_its_way_then_is_not_sent(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(500))
        ready(person)
        attempt()
        client.patch(f"{API}/endpoints/{endpoint['id']}", json={"is_enabled": False})
        delivery = attempt()
        assert (delivery.state, delivery.error_code) == ("failed", "endpoint_disabled")
        assert len(receiver.received) == 1

    def test_a_person_switches_it_on_again(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(410))
        ready(person)
        attempt()
        answer = client.post(f"{API}/endpoints/{endpoint['id']}/enable").get_json()
        assert (answer["is_enabled"], answer["disabled_reason"]) == (True, None)
        assert answer["failing_since"] is None
        ready(person)
        run_due()
        assert len(receiver.received) == 2

    def test_a_cancelled_job_switches_nothing_off(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        ready(person)
        client.post(f"/api/jobs/{only_delivery().job_id}/cancel")
        run_due("notifications.delivery_failed")
        assert only_delivery().state == "failed"
        assert receiver.received == []
        assert shown(client, endpoint)["is_enabled"] is True


class TestLog:
    def test_tells_every_attempt(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(500, b"hata " + "ş".encode() * 2000))
        video = ready(person)
        attempt()
        (listed,) = client.get(f"{API}/endpoints/{endpoint['id']}/deliveries").get_json()["items"]
        assert (listed["state"], listed["attempts"], listed["response_status"]) == (
            "pending",
            1,
            500,
        )
        assert listed["next_attempt_at"] is not None
        assert listed["error"] == "The server’s answer was not one of success."
        detail = log_of(client, only_delivery())
        assert detail["payload"]["data"]["video_id"] == str(video.id)
        (first,) = detail["attempts_log"]
        assert (first["status"], first["error"]) == (500, listed["error"])
        assert first["duration_ms"] >= 0
        assert first["response_excerpt"].startswith("hata şş")
        assert len(first["response_excerpt"].encode()) <= 1024
        attempt()
        done = log_of(client, only_delivery())
        assert (done["state"], done["error"], done["next_attempt_at"]) == ("delivered", None, None)
        assert done["finished_at"]

    def test_newest_first_without_gap_or_repeat(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        for _ in range(5):
            ready(person)
        seen, cursor = [], ""
        while True:
            path = f"{API}/endpoints/{endpoint['id']}/deliveries?limit=2{cursor}"
            page = client.get(path).get_json()
            seen += [item["id"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert seen == [str(each.id) for each in reversed(deliveries(channel="webhook"))]

    def test_is_the_workspaces_own(
        self,
        client: FlaskClient,
        person: SignedUp,
        endpoint: Any,
        stranger: FlaskClient,
        receiver: Receiver,
    ) -> None:
        ready(person)
        run_due()
        delivery = only_delivery()
        assert stranger.get(f"{API}/endpoints/{endpoint['id']}/deliveries").status_code == 404
        assert stranger.get(f"{API}/deliveries/{delivery.id}").status_code == 404
        assert stranger.post(f"{API}/deliveries/{delivery.id}/replay").status_code == 404
        assert len(receiver.received) == 1

    def test_holds_no_persons_mail(self, client: FlaskClient, person: SignedUp) -> None:
        ready(person)
        (mail,) = deliveries(channel="email")
        assert client.get(f"{API}/deliveries/{mail.id}").status_code == 404


class TestReplay:
    def test_sends_the_same_again(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        ready(person)
        run_due()
        old = only_delivery()
        answer = client.post(f"{API}/deliveries/{old.id}/replay")
        assert answer.status_code == 202, answer.text
        assert answer.get_json()["replay_of"] == str(old.id)
        run_due()
        first, second = receiver.received
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        verified(endpoint["secret"], second)

    def test_also_to_one_that_is_switched_off(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(410))
        ready(person)
        run_due()
        delivery = only(channel="webhook", kind="video.ready")
        client.post(f"{API}/deliveries/{delivery.id}/replay")
        run_due()
        assert [each.state for each in deliveries(channel="webhook")] == ["failed", "delivered"]

    def test_not_while_it_is_still_tried(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        ready(person)
        answer = client.post(f"{API}/deliveries/{only_delivery().id}/replay")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "delivery_pending")


class TestTest:
    def test_arrives_signed(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        answer = client.post(f"{API}/endpoints/{endpoint['id']}/test")
        assert answer.status_code == 202, answer.text
        assert answer.get_json()["is_test"] is True
        run_due()
        assert verified(endpoint["secret"], receiver.received[0])["type"] == "test"

    def test_a_failing_one_is_tried_once_and_harms_nothing(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(500))
        made = client.post(f"{API}/endpoints/{endpoint['id']}/test").get_json()
        run_due()
        found = client.get(f"{API}/deliveries/{made['id']}").get_json()
        assert (found["state"], found["attempts"]) == ("failed", 1)
        assert shown(client, endpoint)["failing_since"] is None
        assert job_of(only_delivery()).state == JobState.DONE

    def test_reaches_one_that_is_switched_off(
        self, client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
    ) -> None:
        client.patch(f"{API}/endpoints/{endpoint['id']}", json={"is_enabled": False})
        client.post(f"{API}/endpoints/{endpoint['id']}/test")
        run_due()
        assert len(receiver.received) == 1

    def test_of_another_workspace_is_refused(
        self, person: SignedUp, endpoint: Any, stranger: FlaskClient, receiver: Receiver
    ) -> None:
        assert stranger.post(f"{API}/endpoints/{endpoint['id']}/test").status_code == 404
        run_due()
        assert receiver.received == []


def test_a_deleted_endpoint_takes_its_deliveries_with_it(
    client: FlaskClient, person: SignedUp, endpoint: Any, receiver: Receiver
) -> None:
    ready(person)
    job_id = only_delivery().job_id
    assert job_id is not None
    assert client.delete(f"{API}/endpoints/{endpoint['id']}").status_code == 204
    run_now(job_id)
    assert deliveries(channel="webhook") == []
    assert toys.find(job_id).state == JobState.DONE
    assert receiver.received == []
