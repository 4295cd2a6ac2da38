"""Tests that people send to their own channels."""

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    API,
    add_browser,
    deliveries,
    mails,
    only,
    preferences,
    quiet_now,
    run_due,
)
from tests.notifications.receiver import Receiver, Reply
from ultra.kit import mail
from ultra.notifications.deliveries.sentences import ERRORS


def send_test(client: FlaskClient, channel: str) -> str | None:
    answer = client.post(f"{API}/test", json={"channel": channel})
    assert answer.status_code == 202, answer.text
    job_id: str | None = answer.get_json()["job_id"]
    return job_id


def test_in_app(client: FlaskClient, person: SignedUp) -> None:
    assert send_test(client, "in_app") is None
    (found,) = client.get(API).get_json()["items"]
    assert (found["kind"], found["title"]) == ("test", "Test notification")
    assert deliveries() == []


def test_mail_leaves_at_once_whatever_is_set(client: FlaskClient, person: SignedUp) -> None:
    quiet_now(client)
    preferences(client, email_digest="daily")
    job_id = send_test(client, "email")
    run_due()
    (mail,) = mails()
    assert mail["Subject"] == "Test notification"
    # Nobody is subscribed to tests.
    assert mail["List-Unsubscribe"] is None
    assert job_id == str(deliveries()[0].job_id)


def test_push_goes_to_every_browser_at_once(
    client: FlaskClient, person: SignedUp, receiver: Receiver
) -> None:
    quiet_now(client)
    browsers = {name: add_browser(client, receiver.url(f"/push/{name}")) for name in ("a", "b")}
    send_test(client, "push")
    run_due()
    for name, browser in browsers.items():
        (received,) = receiver.at(f"/push/{name}")
        assert browser.read(received.body)["kind"] == "test"


def test_push_to_one_browser(
    client: FlaskClient, person: SignedUp, stranger: FlaskClient, receiver: Receiver
) -> None:
    browser = add_browser(client, receiver.url("/push/a"))
    add_browser(client, receiver.url("/push/b"))
    path = f"{API}/push/subscriptions/{browser.id}/test"
    assert stranger.post(path).status_code == 404
    assert client.post(path).status_code == 202
    run_due()
    assert [each.path for each in receiver.received] == ["/push/a"]


def test_push_without_a_browser_is_refused(client: FlaskClient, person: SignedUp) -> None:
    answer = client.post(f"{API}/test", json={"channel": "push"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "no_device")


def test_other_channels_are_refused(client: FlaskClient, person: SignedUp) -> None:
    assert client.post(f"{API}/test", json={"channel": "slack"}).status_code == 422


@pytest.mark.parametrize(
    ("reply", "code"), [(Reply(500), "bad_status"), (Reply(410), "gone"), (Reply(403), "refused")]
)
def test_one_that_fails_says_why_by_its_job(
    client: FlaskClient, person: SignedUp, receiver: Receiver, reply: Reply, code: str
) -> None:
    client.patch("/api/auth/me", json={"locale": "tr"})
    add_browser(client, receiver.url("/push/a"))
    receiver.reply(reply, path="/push/a")
    job_id = send_test(client, "push")
    run_due()
    assert (only().state, only().error_code, only().attempts) == ("failed", code, 1)
    job = client.get(f"/api/jobs/{job_id}").get_json()
    assert (job["state"], job["error_code"]) == ("failed", code)
    assert job["error"] == ERRORS[code][0]


def test_without_a_mail_server_the_test_says_so(
    client: FlaskClient, person: SignedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "is_available", lambda: False)
    job_id = send_test(client, "email")
    run_due()
    job = client.get(f"/api/jobs/{job_id}").get_json()
    assert (job["state"], job["error"]) == ("failed", ERRORS["mail_off"][1])
