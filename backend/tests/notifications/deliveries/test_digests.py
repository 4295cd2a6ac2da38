"""Digests: one mail with everything, nothing lost, none that is empty."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    API,
    complete_video,
    deliveries,
    failed,
    job_of,
    mails,
    part,
    preferences,
    quiet_now,
    ready,
    run_due,
    run_now,
    tell_ready,
)
from tests.kit.tasks import toys
from tests.notifications.deliveries.test_crashes import Killed, recover, run_and_die
from ultra.kit import mail
from ultra.kit.db import read_only
from ultra.kit.tasks import JobState
from ultra.notifications.deliveries import digests
from ultra.notifications.deliveries.models import Digest


def open_digests() -> list[Digest]:
    with read_only() as session:
        return list(session.scalars(select(Digest).where(Digest.closed_at.is_(None))))


def digest_job() -> UUID:
    (found,) = toys.jobs_named("notifications.send_digest")
    return found.id


def states() -> list[str]:
    return [delivery.state for delivery in deliveries(channel="email")]


@pytest.fixture
def hourly(client: FlaskClient, person: SignedUp) -> SignedUp:
    preferences(client, zone="UTC", email_digest="hourly")
    return person


class TestGathering:
    def test_nothing_leaves_before_its_hour(self, hourly: SignedUp) -> None:
        for title in ("Bir", "İki", "Üç"):
            ready(hourly, title)
        run_due()
        assert mails() == []
        (digest,) = open_digests()
        assert digest.due_at.minute == 0
        assert timedelta() < digest.due_at - datetime.now(UTC) <= timedelta(hours=1)
        assert toys.find(digest_job()).not_before == digest.due_at
        assert states() == ["pending"] * 3

    def test_then_one_mail_with_everything(self, hourly: SignedUp) -> None:
        videos = [ready(hourly, title) for title in ("Bir", "İki", "Üç")]
        job = run_now(digest_job())
        assert (job.state, job.result) == (JobState.DONE, {"notifications": 3})
        (found,) = mails()
        assert found["Subject"] == "Digest: 3 notifications"
        text, html = part(found, "plain"), part(found, "html")
        places = [text.index(f"/videos/{video.id}") for video in videos]
        assert places == sorted(places)
        assert all(f"“{title}”" in html for title in ("Bir", "İki", "Üç"))
        assert states() == ["delivered"] * 3

    def test_what_happens_afterwards_goes_into_the_next(self, hourly: SignedUp) -> None:
        ready(hourly, "Bir")
        run_now(digest_job())
        ready(hourly, "İki")
        second = open_digests()[0].job_id
        assert second is not None
        run_now(second)
        assert [each["Subject"] for each in mails()] == ["Digest: 1 notification"] * 2
        assert "“İki”" not in part(mails()[0], "plain")
        assert "“Bir”" not in part(mails()[1], "plain")

    def test_an_event_that_is_told_again_is_in_it_once(self, hourly: SignedUp) -> None:
        video = complete_video(hourly)
        tell_ready(video)
        tell_ready(video)
        run_due("notifications.tell%")
        assert run_now(digest_job()).result == {"notifications": 1}

    def test_urgent_ones_leave_at_once(self, hourly: SignedUp) -> None:
        failed(hourly)
        run_due()
        assert [each["Subject"] for each in mails()] == ["A video could not be processed"]
        assert open_digests() == []

    def test_a_daily_one_is_due_at_its_hour_of_the_persons_clock(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        preferences(client, zone="Asia/Kathmandu", email_digest="daily", digest_hour=7)
        ready(person)
        (digest,) = open_digests()
        # Kathmandu is 5:45 ahead of UTC, all year.
        assert f"{digest.due_at.astimezone(UTC):%H:%M}" == "01:15"

    def test_never_in_quiet_hours(self, client: FlaskClient, person: SignedUp) -> None:
        quiet_now(client)
        preferences(client, email_digest="hourly")
        ready(person)
        end = client.get(f"{API}/preferences").get_json()["quiet_hours"]["end"]
        assert f"{open_digests()[0].due_at.astimezone(UTC):%H:%M}" == end
        job = run_now(digest_job())
        assert (mails(), job.state, job.attempts) == ([], JobState.WAITING, 0)
        # It stays open: what happens until then joins.
        assert len(open_digests()) == 1


class TestNothingLeft:
    def test_is_not_sent(self, client: FlaskClient, hourly: SignedUp) -> None:
        ready(hourly)
        client.delete(f"{API}/{client.get(API).get_json()['items'][0]['id']}")
        job = run_now(digest_job())
        assert (mails(), job.result) == ([], {"notifications": 0})
        assert states() == ["failed"]

    def test_also_when_its_kinds_were_switched_off(
        self, client: FlaskClient, hourly: SignedUp
    ) -> None:
        ready(hourly)
        preferences(client, kinds={"video.ready": {"email": False}})
        run_now(digest_job())
        assert mails() == []

    def test_nobody_opens_one_for_nothing(self, hourly: SignedUp) -> None:
        assert open_digests() == []
        assert toys.jobs_named("notifications.send_digest") == []


class TestCrashes:
    def test_killed_before_sending_loses_nothing(
        self, hourly: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ready(hourly, "Bir")
        ready(hourly, "İki")
        with monkeypatch.context() as patched:
            patched.setattr(mail, "send", _die)
            run_and_die(digest_job())
        # It was closed: what happens meanwhile is for the next one.
        first = digest_job()
        ready(hourly, "Üç")
        recover(first)
        (found,) = mails()
        assert found["Subject"] == "Digest: 2 notifications"
        assert states() == ["delivered", "delivered", "pending"]

    def test_killed_after_sending_doubles_nothing(
        self, hourly: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ready(hourly)
        with monkeypatch.context() as patched:
            patched.setattr(digests, "_record", _die)
            run_and_die(digest_job())
        assert (len(mails()), states()) == (1, ["pending"])
        recover(digest_job())
        assert (len(mails()), states()) == (1, ["delivered"])

    def test_done_twice_sends_once(self, hourly: SignedUp) -> None:
        ready(hourly)
        run_now(digest_job())
        recover(digest_job())
        assert len(mails()) == 1


class TestFaults:
    def test_a_server_that_is_away_is_tried_again(
        self, hourly: SignedUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ready(hourly)
        with monkeypatch.context() as patched:
            patched.setattr(mail, "send", _fail(mail.MailDelayed("away")))
            assert run_now(digest_job()).state == JobState.WAITING
        assert states() == ["pending"]
        assert run_now(digest_job()).state == JobState.DONE
        assert states() == ["delivered"]

    def test_given_up_says_so(self, hourly: SignedUp, monkeypatch: pytest.MonkeyPatch) -> None:
        ready(hourly)
        toys.change(digest_job(), attempts=7)
        with monkeypatch.context() as patched:
            patched.setattr(mail, "send", _fail(mail.MailDelayed("away")))
            assert run_now(digest_job()).state == JobState.DEAD
            run_due("notifications.digest_failed")
        assert states() == ["failed"]
        assert open_digests() == []

    def test_put_back_it_is_sent(self, client: FlaskClient, hourly: SignedUp) -> None:
        ready(hourly)
        toys.change(digest_job(), state=JobState.DEAD)
        digests_of = deliveries(channel="email")[0].digest_id
        assert digests_of is not None
        assert client.post(f"/api/jobs/{digest_job()}/retry", json={}).status_code == 200
        run_due()
        assert states() == ["delivered"]
        assert job_of(deliveries(channel="email")[0]).state == JobState.DONE

    def test_put_back_before_its_failure_was_told_it_is_sent(
        self, client: FlaskClient, hourly: SignedUp
    ) -> None:
        ready(hourly)
        toys.die_of_its_deadline(digest_job())
        assert client.post(f"/api/jobs/{digest_job()}/retry", json={}).status_code == 200
        [told] = toys.jobs_named("notifications.digest_failed")
        assert run_now(told.id).state == JobState.DONE
        assert states() == ["pending"]
        run_due()
        assert states() == ["delivered"]


def _die(*_: object) -> None:
    raise Killed


def _fail(error: Exception):
    def send(_: mail.Letter) -> None:
        raise error

    return send
