"""Mails about one thing."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    API,
    failed,
    job_of,
    mails,
    only,
    part,
    preferences,
    quiet_now,
    ready,
    run_due,
    run_now,
)
from ultra.kit import mail
from ultra.kit.tasks import JobState
from ultra.settings import settings


def test_arrives_with_both_parts_and_links_to_the_video(
    client: FlaskClient, person: SignedUp
) -> None:
    video = ready(person, "Yaz & <kış>")
    run_due()
    (found,) = mails()
    assert found["To"] == person.user["email"]
    assert found["Subject"] == "Your video is ready"
    assert found["Auto-Submitted"] == "auto-generated"
    url = f"{settings.website_url}/en/videos/{video.id}?workspace={person.workspace_id}"
    text, html = part(found, "plain"), part(found, "html")
    assert "“Yaz & <kış>” is ready to play and download." in text
    assert f"Open the video: {url}" in text
    assert "Yaz &amp; &lt;kış&gt;" in html
    assert "<kış>" not in html
    assert f'href="{url}"' in html
    assert "Hello Ayşe Yılmaz," in text


def test_is_in_the_readers_language(client: FlaskClient, person: SignedUp) -> None:
    client.patch("/api/auth/me", json={"locale": "tr"})
    video = ready(person)
    run_due()
    (found,) = mails()
    assert found["Subject"] == "Videonuz hazır"
    assert 'lang="tr"' in part(found, "html")
    assert f"Videoyu aç: {settings.website_url}/videos/{video.id}" in part(found, "plain")


def test_can_be_stopped_by_one_click(client: FlaskClient, person: SignedUp, app: Flask) -> None:
    ready(person)
    run_due()
    header = mails()[0]["List-Unsubscribe"]
    assert mails()[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = header.strip("<>").removeprefix(settings.website_url)
    answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    ready(person)
    failed(person)
    run_due()
    subjects = [each["Subject"] for each in mails()]
    assert subjects == ["Your video is ready", "A video could not be processed"]


def test_the_foot_links_to_the_page_that_stops_it(client: FlaskClient, person: SignedUp) -> None:
    ready(person)
    run_due()
    text = part(mails()[0], "plain")
    assert f"Stop “Video ready” e-mails: {settings.website_url}/en/unsubscribe/" in text
    assert f"Notification settings: {settings.website_url}/en/settings/notifications" in text


def test_one_mail_whatever_runs_twice(person: SignedUp) -> None:
    ready(person)
    run_due()
    job = job_of(only(channel="email"))
    assert job.state == JobState.DONE
    assert len(mails()) == 1


def test_quiet_hours_hold_it_back(client: FlaskClient, person: SignedUp) -> None:
    quiet_now(client)
    failed(person)
    run_due()
    assert mails() == []
    delivery = only(channel="email")
    preferences(client, quiet_hours={"is_on": False, "start": "22:00", "end": "08:00"})
    assert delivery.job_id is not None
    run_now(delivery.job_id)
    assert len(mails()) == 1


def test_what_was_stopped_before_it_left_is_not_sent(client: FlaskClient, person: SignedUp) -> None:
    ready(person)
    preferences(client, kinds={"video.ready": {"email": False}})
    run_due()
    assert mails() == []


@pytest.fixture
def no_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "is_available", lambda: False)


def test_without_a_mail_server_nothing_fails(person: SignedUp, no_mail_server: None) -> None:
    ready(person)
    run_due()
    delivery = only(channel="email")
    assert (delivery.state, delivery.error_code) == ("failed", "mail_off")
    assert job_of(delivery).state == JobState.DONE


def test_a_refused_address_is_a_dead_letter_and_a_delay_is_not(
    client: FlaskClient, person: SignedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Any] = [mail.MailDelayed("451 later"), mail.MailRefused("550 no such user")]

    def send(_: mail.Letter) -> None:
        raise answers.pop(0)

    monkeypatch.setattr(mail, "send", send)
    ready(person)
    run_due()
    delivery = only(channel="email")
    assert (delivery.state, delivery.error_code) == ("pending", "mail_delayed")
    assert delivery.job_id is not None
    job = run_now(delivery.job_id)
    assert (job.state, job.error_code) == (JobState.FAILED, "mail_refused")
    assert only(channel="email").state == "failed"
    assert client.get(f"{API}?kind=job.dead").get_json()["items"] == []
