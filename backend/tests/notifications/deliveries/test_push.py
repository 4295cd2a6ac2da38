"""Push messages: encrypted for one device, signed by us, and what the push service answers."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.factories.auth import SignedUp, as_browser
from tests.factories.notifications import (
    API,
    Browser,
    add_browser,
    base64url,
    deliveries,
    failed,
    job_of,
    only,
    preferences,
    quiet_now,
    ready,
    run_due,
    run_now,
)
from tests.notifications.receiver import Receiver, Reply
from ultra.kit.db import transaction
from ultra.kit.tasks import JobState
from ultra.notifications.kinds import Kind
from ultra.notifications.news import service as news
from ultra.notifications.news.service import News

PATH = "/push/a"


@pytest.fixture
def device(client: FlaskClient, person: SignedUp, receiver: Receiver) -> Browser:
    return add_browser(client, receiver.url(PATH))


def devices(client: FlaskClient) -> list[Any]:
    found: list[Any] = client.get(f"{API}/push/subscriptions").get_json()["items"]
    return found


class TestMessage:
    def test_only_the_browser_can_read_it(
        self, client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        video = ready(person)
        run_due()
        (received,) = receiver.at(PATH)
        notification = client.get(API).get_json()["items"][0]
        assert device.read(received.body) == {
            "id": notification["id"],
            "kind": "video.ready",
            "title": "Your video is ready",
            "body": "“Tatil” is ready to play and download.",
            "href": f"/videos/{video.id}?workspace={person.workspace_id}",
            "lang": "en",
            "tag": notification["id"],
        }
        assert b"Tatil" not in received.body
        assert received.headers["content-encoding"] == "aes128gcm"
        assert received.headers["ttl"] == "86400"
        assert received.headers["urgency"] == "normal"
        assert len(received.headers["topic"]) <= 32

    def test_is_in_the_readers_language(
        self, client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        client.patch("/api/auth/me", json={"locale": "tr"})
        ready(person)
        run_due()
        message = device.read(receiver.at(PATH)[0].body)
        assert (message["title"], message["lang"]) == ("Videonuz hazır", "tr")

    def test_is_encrypted_anew_each_time(
        self, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        ready(person)
        ready(person)
        run_due()
        first, second = (each.body for each in receiver.at(PATH))
        assert first[:16] != second[:16]
        assert first[21:86] != second[21:86]

    def test_an_urgent_one_says_so(
        self, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        failed(person)
        run_due()
        assert receiver.at(PATH)[0].headers["urgency"] == "high"

    @pytest.mark.parametrize("letter", ["a", "\U0001f3ac", "\x01"])
    def test_the_longest_one_fits(
        self, person: SignedUp, device: Browser, receiver: Receiver, letter: str
    ) -> None:
        facts = {"title": letter * 200, "body": letter * 2000, "link": "/" + '"' * 499}
        told = News("note:long", Kind.NOTE, facts, person.workspace_id)
        with transaction() as session:
            news.spread(session, told, [person.user_id])
        run_due()
        (received,) = receiver.at(PATH)
        assert len(received.body) <= 4096
        message = device.read(received.body)
        assert message["title"] == facts["title"]
        assert message["body"].endswith("…")


def test_says_who_we_are(
    client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
) -> None:
    """RFC 8292, checked with the key that browsers subscribe with."""
    ready(person)
    run_due()
    scheme, _, rest = receiver.at(PATH)[0].headers["authorization"].partition(" ")
    fields = dict(field.strip().split("=", 1) for field in rest.split(","))
    public = client.get(f"{API}/push/key").get_json()["public_key"]
    assert (scheme, fields["k"]) == ("vapid", public)
    point = urlsafe_b64decode(public + "=")
    assert (len(point), point[0]) == (65, 4)
    number = [base64url(point[1:33]), base64url(point[33:])]
    key = ECKey.import_key({"kty": "EC", "crv": "P-256", "x": number[0], "y": number[1]})
    token = jwt.decode(fields["t"], key, algorithms=["ES256"])
    where = urlsplit(receiver.url())
    assert token.claims["aud"] == f"{where.scheme}://{where.netloc}"
    left = datetime.fromtimestamp(token.claims["exp"], UTC) - datetime.now(UTC)
    assert timedelta(hours=11) < left <= timedelta(hours=24)
    assert token.claims["sub"].startswith("mailto:")


class TestAnswers:
    @pytest.mark.parametrize("status", [404, 410])
    def test_a_browser_that_is_gone_is_forgotten(
        self,
        client: FlaskClient,
        person: SignedUp,
        device: Browser,
        receiver: Receiver,
        status: int,
    ) -> None:
        add_browser(client, receiver.url("/push/b"))
        receiver.reply(Reply(status), path=PATH)
        ready(person)
        run_due()
        assert len(devices(client)) == 1
        assert devices(client)[0]["last_used_at"]
        ready(person)
        run_due()
        assert len(receiver.at(PATH)) == 1
        assert len(receiver.at("/push/b")) == 2

    def test_a_busy_service_is_tried_again(
        self, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(503, headers={"retry-after": "600"}), path=PATH)
        ready(person)
        run_due()
        delivery = only(channel="push")
        job = job_of(delivery)
        assert job.state == JobState.WAITING
        assert timedelta(minutes=9) < job.not_before - datetime.now(UTC)
        assert job.deadline is not None
        run_now(job.id)
        assert only(channel="push").state == "delivered"

    def test_a_refusal_is_final(
        self, client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        receiver.reply(Reply(403, b"VapidPkHashMismatch"), path=PATH)
        ready(person)
        run_due()
        assert job_of(only(channel="push")).state == JobState.FAILED
        assert len(devices(client)) == 1

    def test_a_browser_that_was_removed_meanwhile_gets_nothing(
        self, client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        ready(person)
        client.delete(f"{API}/push/subscriptions/{device.id}")
        run_due()
        assert receiver.at(PATH) == []
        assert only(channel="push").error_code == "target_removed"


class TestQuietHours:
    def test_hold_it_back_until_their_end(
        self, client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        quiet_now(client)
        ready(person)
        run_due()
        assert receiver.at(PATH) == []
        job = job_of(only(channel="push"))
        end = client.get(f"{API}/preferences").get_json()["quiet_hours"]["end"]
        assert f"{job.not_before.astimezone(UTC):%H:%M}" == end
        assert job.not_before > datetime.now(UTC)

    def test_also_an_urgent_one(
        self, client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        quiet_now(client)
        failed(person)
        run_due()
        assert receiver.at(PATH) == []

    def test_not_the_list_on_the_page(
        self, client: FlaskClient, person: SignedUp, device: Browser
    ) -> None:
        quiet_now(client)
        ready(person)
        assert len(client.get(API).get_json()["items"]) == 1

    def test_that_begin_before_a_retry_hold_that_back_without_using_it_up(
        self, client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
    ) -> None:
        ready(person)
        quiet_now(client)
        run_due()
        delivery = only(channel="push")
        job = job_of(delivery)
        assert (receiver.at(PATH), delivery.attempts, job.attempts) == ([], 0, 0)
        assert job.state == JobState.WAITING
        hours = {"is_on": False, "start": "22:00", "end": "08:00"}
        preferences(client, quiet_hours=hours)
        run_now(job.id)
        assert len(receiver.at(PATH)) == 1


def test_what_was_deleted_before_it_left_is_not_sent(
    client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
) -> None:
    ready(person)
    client.delete(f"{API}/{client.get(API).get_json()['items'][0]['id']}")
    run_due()
    assert receiver.at(PATH) == []
    assert only(channel="push").error_code == "unwanted"


def test_what_was_switched_off_before_it_left_is_not_sent(
    client: FlaskClient, person: SignedUp, device: Browser, receiver: Receiver
) -> None:
    ready(person)
    preferences(client, kinds={"video.ready": {"push": False}})
    run_due()
    assert receiver.at(PATH) == []


class TestSession:
    """A device hears as long as the session lives by which it was registered."""

    @pytest.fixture
    def elsewhere(self, app: Flask, person: SignedUp) -> FlaskClient:
        """The same person in another browser."""
        browser = as_browser(app)
        body = {"email": person.user["email"], "password": person.password}
        assert browser.post("/api/auth/login", json=body).status_code == 200
        # That somebody has signed in is news as well.
        preferences(browser, kinds={"account.security": {"push": False}})
        return browser

    def session_of(self, client: FlaskClient) -> str:
        return str(client.get("/api/auth/me").get_json()["session_id"])

    def end(self, client: FlaskClient, session: str) -> None:
        assert client.delete(f"/api/auth/sessions/{session}").status_code == 204

    def test_ended_elsewhere_it_hears_nothing_more(
        self, client: FlaskClient, person: SignedUp, elsewhere: FlaskClient, receiver: Receiver
    ) -> None:
        add_browser(elsewhere, receiver.url(PATH))
        add_browser(client, receiver.url("/push/mine"))
        self.end(client, self.session_of(elsewhere))
        ready(person)
        run_due()
        assert [each.path for each in receiver.received] == ["/push/mine"]
        ended = [each for each in deliveries(channel="push") if each.state == "failed"]
        assert [each.error_code for each in ended] == ["session_ended"]
        assert job_of(ended[0]).state == JobState.DONE
        # It is no device of theirs any more.
        assert len(devices(client)) == 1

    def test_also_what_was_on_its_way(
        self, client: FlaskClient, person: SignedUp, elsewhere: FlaskClient, receiver: Receiver
    ) -> None:
        add_browser(elsewhere, receiver.url(PATH))
        ready(person)
        self.end(client, self.session_of(elsewhere))
        run_due()
        assert receiver.received == []

    def test_a_new_password_ends_the_others(
        self, client: FlaskClient, person: SignedUp, elsewhere: FlaskClient, receiver: Receiver
    ) -> None:
        add_browser(elsewhere, receiver.url(PATH))
        change = {"current_password": person.password, "new_password": "yedi kat gök, bir ip"}
        assert client.post("/api/auth/password", json=change).status_code == 204
        ready(person)
        run_due()
        assert receiver.received == []

    def test_registered_again_it_hears_again(
        self, client: FlaskClient, person: SignedUp, elsewhere: FlaskClient, receiver: Receiver
    ) -> None:
        add_browser(elsewhere, receiver.url(PATH))
        self.end(client, self.session_of(elsewhere))
        add_browser(client, receiver.url(PATH))
        ready(person)
        run_due()
        assert len(receiver.at(PATH)) == 1
