"""Between the news and its sending people leave, accounts close and workspaces are deleted."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, update

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.factories.notifications import (
    API,
    add_browser,
    add_endpoint,
    complete_video,
    deliveries,
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
    tell_ready,
)
from tests.kit.tasks import toys
from tests.notifications.receiver import Receiver, Reply
from ultra.auth.users.models import User
from ultra.auth.workspaces.models import Membership, Workspace
from ultra.kit.db import transaction
from ultra.kit.roles import Role
from ultra.kit.tasks import Job, JobState
from ultra.notifications.deliveries.models import Delivery
from ultra.notifications.preferences.models import NotificationPreferences


@dataclass(frozen=True)
class Member:
    person: SignedUp
    browser: FlaskClient

    def mail(self) -> Delivery:
        """The one mail that is for them."""
        return only(channel="email", target=self.person.user_id)


def join(app: Flask, workspace: SignedUp, role: Role) -> Member:
    """Somebody with a workspace of their own who belongs to another one and is there now."""
    browser = as_browser(app)
    person = sign_up(browser, locale="en")
    with transaction() as session:
        session.add(
            Membership(workspace_id=workspace.workspace_id, user_id=person.user_id, role=role)
        )
    assert browser.post(f"/api/workspaces/{workspace.workspace_id}/switch").status_code == 200
    return Member(person, browser)


@pytest.fixture
def colleague(person: SignedUp, app: Flask) -> Member:
    return join(app, person, Role.VIEWER)


def change(person: SignedUp, **values: Any) -> None:
    with transaction() as session:
        session.execute(update(User).where(User.id == person.user_id).values(**values))


def leave(workspace: SignedUp, member: Member) -> None:
    with transaction() as session:
        session.execute(
            delete(Membership).where(
                Membership.workspace_id == workspace.workspace_id,
                Membership.user_id == member.person.user_id,
            )
        )


def demand_second_factor(workspace: SignedUp) -> None:
    with transaction() as session:
        session.execute(
            update(Workspace)
            .where(Workspace.id == workspace.workspace_id)
            .values(requires_second_factor=True)
        )


def delete_workspace(client: FlaskClient, person: SignedUp) -> None:
    answer = client.delete("/api/workspaces/current", json={"name": person.workspace["name"]})
    assert answer.status_code == 200, answer.text


def hold(member: Member) -> None:
    quiet_now(member.browser)


def wake(member: Member) -> None:
    """Their quiet hours are over."""
    with transaction() as session:
        session.execute(
            update(NotificationPreferences)
            .where(NotificationPreferences.user_id == member.person.user_id)
            .values(is_quiet=False)
        )
    run_now(job_of(member.mail()).id)


class TestHeldMail:
    """The news came while they could see it, and is due when they cannot any more."""

    def test_of_somebody_who_has_left(self, person: SignedUp, colleague: Member) -> None:
        hold(colleague)
        ready(person, "Gizli film")
        leave(person, colleague)
        wake(colleague)
        delivery = colleague.mail()
        assert (delivery.state, delivery.error_code) == ("failed", "not_allowed")
        # Nobody has to look at a dead letter.
        assert job_of(delivery).state == JobState.DONE
        assert colleague.person.user["email"] not in [mail["To"] for mail in mails()]

    def test_of_somebody_who_is_kept_out(self, person: SignedUp, colleague: Member) -> None:
        hold(colleague)
        ready(person)
        demand_second_factor(person)
        wake(colleague)
        assert colleague.mail().error_code == "not_allowed"

    def test_of_a_closed_account(self, person: SignedUp, colleague: Member) -> None:
        hold(colleague)
        ready(person)
        change(colleague.person, disabled_at=func.now())
        wake(colleague)
        assert colleague.mail().error_code == "not_allowed"

    def test_of_somebody_who_is_still_there(self, person: SignedUp, colleague: Member) -> None:
        hold(colleague)
        ready(person)
        wake(colleague)
        assert colleague.mail().state == "delivered"

    def test_put_back_it_is_still_not_sent(self, person: SignedUp, colleague: Member) -> None:
        hold(colleague)
        ready(person)
        leave(person, colleague)
        wake(colleague)
        run_now(job_of(colleague.mail()).id)
        assert colleague.mail().error_code == "not_allowed"


class TestDigest:
    def test_tells_only_what_they_may_still_see(self, person: SignedUp, colleague: Member) -> None:
        preferences(colleague.browser, zone="UTC", email_digest="hourly")
        ready(person, "Gizli film")
        ready(colleague.person, "Kendi filmi")
        leave(person, colleague)
        (job,) = toys.jobs_named("notifications.send_digest")
        assert run_now(job.id).result == {"notifications": 1}
        (mail,) = [each for each in mails() if each["To"] == colleague.person.user["email"]]
        assert "Kendi filmi" in part(mail, "plain")
        assert "Gizli film" not in mail.as_string() + part(mail, "plain")
        gathered = deliveries(channel="email", target=colleague.person.user_id)
        assert sorted((each.state, each.error_code) for each in gathered) == [
            ("delivered", None),
            ("failed", "not_allowed"),
        ]


class TestKeptOut:
    def test_hears_nothing_from_then_on(
        self, person: SignedUp, colleague: Member, receiver: Receiver
    ) -> None:
        add_browser(colleague.browser, receiver.url("/push/colleague"))
        demand_second_factor(person)
        ready(person, "Gizli film")
        run_due()
        assert receiver.received == []
        assert mails() == []


class TestClosedWorkspace:
    """One that was deleted, or whose every account is closed, says nothing to the outside."""

    def test_a_video_that_completes_there_is_told_to_nobody(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        add_endpoint(client, receiver.url())
        video = complete_video(person)
        delete_workspace(client, person)
        tell_ready(video)
        run_due()
        assert (receiver.received, mails(), deliveries()) == ([], [], [])

    def test_what_was_on_its_way_stops(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        add_endpoint(client, receiver.url())
        receiver.always(Reply(500))
        ready(person)
        run_due()
        delete_workspace(client, person)
        delivery = only(channel="webhook")
        assert delivery.job_id is not None
        job = run_now(delivery.job_id)
        delivery = only(channel="webhook")
        assert (delivery.state, delivery.error_code) == ("failed", "workspace_rests")
        assert (job.state, len(receiver.received)) == (JobState.DONE, 1)

    def test_also_what_somebody_asked_for(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        made = add_endpoint(client, receiver.url())
        client.post(f"{API}/endpoints/{made['id']}/test")
        delete_workspace(client, person)
        run_due()
        assert receiver.received == []
        assert only(channel="webhook").error_code == "workspace_rests"

    def test_where_every_account_is_closed(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        add_endpoint(client, receiver.url())
        video = complete_video(person)
        change(person, disabled_at=func.now())
        tell_ready(video)
        run_due()
        assert (receiver.received, deliveries()) == ([], [])


class TestPersonal:
    """What waits for one person is out of their colleagues' reach."""

    def jobs_of(self, member: Member) -> list[Job]:
        found = deliveries(channel="email", target=member.person.user_id)
        return [job_of(each) for each in found]

    @pytest.mark.parametrize("is_digest", [True, False])
    def test_no_colleague_can_stop_it(
        self, app: Flask, person: SignedUp, colleague: Member, *, is_digest: bool
    ) -> None:
        editor = join(app, person, Role.EDITOR)
        if is_digest:
            preferences(colleague.browser, zone="UTC", email_digest="hourly")
        ready(person)
        (job,) = self.jobs_of(colleague)
        assert job.workspace_id is None
        for verb in ("cancel", "retry"):
            answer = editor.browser.post(f"/api/jobs/{job.id}/{verb}", json={})
            assert answer.status_code == 404, answer.text
        seen = [each["id"] for each in editor.browser.get("/api/jobs").get_json()["items"]]
        assert str(job.id) not in seen
        run_now(job.id)
        assert colleague.mail().state == "delivered"

    def test_a_test_can_be_watched_by_who_sent_it(self, colleague: Member) -> None:
        answer = colleague.browser.post(f"{API}/test", json={"channel": "email"})
        run_due()
        job = colleague.browser.get(f"/api/jobs/{answer.get_json()['job_id']}").get_json()
        assert job["state"] == "done"

    def test_does_not_stand_before_the_letters_of_signing_in(
        self, person: SignedUp, colleague: Member
    ) -> None:
        """They share their turns, and those letters are urgent."""
        failed(person)
        assert {job.priority for job in self.jobs_of(colleague)} == {"medium"}
