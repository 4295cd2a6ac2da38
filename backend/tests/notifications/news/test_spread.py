"""One notification per event, person and kind, one delivery per way out, however often told."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.factories.notifications import (
    API,
    add_browser,
    add_endpoint,
    complete_again,
    complete_video,
    deliveries,
    failed,
    preferences,
    ready,
    run_due,
    tell_ready,
)
from tests.kit.tasks import toys
from tests.notifications.receiver import Receiver
from ultra.auth.workspaces.models import Membership
from ultra.jobs.events import JobGivenUp
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.events import announce
from ultra.kit.ids import new_id
from ultra.kit.roles import Role
from ultra.kit.tasks import Job, JobState
from ultra.notifications.inbox.models import Notification
from ultra.projects.events import GitHubReconnectNeeded
from ultra.video.videos.models import Video

TELL = "notifications.tell%"


def told() -> list[Notification]:
    with read_only() as session:
        return list(session.scalars(select(Notification).order_by(Notification.id)))


def ways(**values: Any) -> list[str]:
    return sorted(delivery.channel for delivery in deliveries(**values))


@pytest.fixture
def reachable(client: FlaskClient, person: SignedUp, receiver: Receiver) -> Receiver:
    """A person with two browsers in a workspace with a webhook and a chat."""
    for name in ("a", "b"):
        add_browser(client, receiver.url(f"/push/{name}"))
    add_endpoint(client, receiver.url("/hook"))
    add_endpoint(client, receiver.url("/slack"), "slack")
    return receiver


class TestOnce:
    def test_every_way_out_gets_one_delivery(self, person: SignedUp, reachable: Receiver) -> None:
        ready(person)
        assert len(told()) == 1
        assert ways() == ["email", "push", "push", "slack", "webhook"]
        jobs = {delivery.job_id for delivery in deliveries()}
        assert len(jobs) == 5
        for delivery in deliveries():
            assert delivery.job_id is not None
            job = toys.find(delivery.job_id)
            assert (job.trigger, job.trigger_key) == ("event", f"delivery:{delivery.id}")
            # What is for one person is not their workspace's.
            is_personal = delivery.channel in ("email", "push")
            assert job.workspace_id == (None if is_personal else person.workspace_id)

    def test_an_event_that_is_told_again_changes_nothing(
        self, person: SignedUp, reachable: Receiver
    ) -> None:
        video = complete_video(person)
        for _ in range(3):
            tell_ready(video)
        run_due(TELL)
        tell_ready(video)
        run_due(TELL)
        assert len(told()) == 1
        assert len(deliveries()) == 5
        run_due()
        assert [len(reachable.at(path)) for path in ("/hook", "/slack", "/push/a")] == [1, 1, 1]

    def test_a_reaction_that_broke_off_before_its_commit_left_nothing(
        self, person: SignedUp, reachable: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        video = complete_video(person)
        tell_ready(video)
        with monkeypatch.context() as patched:
            patched.setattr(
                "ultra.notifications.deliveries.composing.for_endpoint", lambda *_a, **_k: 1 / 0
            )
            run_due(TELL)
            assert (told(), deliveries()) == ([], [])
        (job,) = toys.jobs_named("notifications.tell_of_ready_video")
        toys.change(job.id, not_before=func.now())
        run_due(TELL)
        assert (len(told()), len(deliveries())) == (1, 5)

    def test_a_deleted_notification_does_not_come_back(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        video = ready(person)
        client.delete(f"{API}/{told()[0].id}")
        tell_ready(video)
        run_due(TELL)
        assert client.get(API).get_json()["items"] == []

    def test_a_video_that_is_processed_again_is_news_again(self, person: SignedUp) -> None:
        video = ready(person)
        complete_again(video)
        tell_ready(video)
        run_due(TELL)
        assert len(told()) == 2

    def test_everybody_in_the_workspace_is_told(
        self, client: FlaskClient, person: SignedUp, app: Flask
    ) -> None:
        colleague = sign_up(as_browser(app))
        with transaction() as session:
            session.add(
                Membership(
                    workspace_id=person.workspace_id, user_id=colleague.user_id, role=Role.OWNER
                )
            )
        ready(person)
        assert {each.user_id for each in told()} == {person.user_id, colleague.user_id}
        assert ways() == ["email", "email"]


class TestWishes:
    def test_channels_are_chosen_by_kind(
        self, client: FlaskClient, person: SignedUp, reachable: Receiver
    ) -> None:
        preferences(client, kinds={"video.ready": {"push": False, "email": False}})
        ready(person)
        assert ways() == ["slack", "webhook"]

    def test_who_wants_nothing_gets_nothing(self, client: FlaskClient, person: SignedUp) -> None:
        nothing = {"in_app": False, "push": False, "email": False}
        preferences(client, kinds={"video.ready": nothing})
        ready(person)
        assert deliveries() == []
        assert client.get(API).get_json()["items"] == []

    def test_endpoints_choose_kinds(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        wanted = add_endpoint(client, receiver.url(), kinds=["video.failed"])
        ready(person)
        failed(person)
        found = deliveries(channel="webhook")
        assert [(each.kind, str(each.target)) for each in found] == [("video.failed", wanted["id"])]

    def test_switched_off_endpoints_are_not_told(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        endpoint = add_endpoint(client, receiver.url())
        client.patch(f"{API}/endpoints/{endpoint['id']}", json={"is_enabled": False})
        ready(person)
        assert deliveries(channel="webhook") == []

    def test_other_workspaces_are_not_told(
        self, person: SignedUp, stranger: FlaskClient, receiver: Receiver
    ) -> None:
        add_endpoint(stranger, receiver.url())
        add_browser(stranger, receiver.url("/push/stranger"))
        ready(person)
        run_due()
        assert receiver.received == []
        assert stranger.get(API).get_json()["items"] == []


class TestVideos:
    def test_a_deleted_video_is_no_news(self, person: SignedUp) -> None:
        video = complete_video(person)
        with transaction() as session:
            session.execute(update(Video).values(deleted_at=func.now()))
        tell_ready(video)
        run_due(TELL)
        assert told() == []

    def test_a_failure_keeps_its_reason(self, client: FlaskClient, person: SignedUp) -> None:
        failed(person, "too_long")
        (found,) = client.get(API).get_json()["items"]
        assert "too long" in found["body"]
        assert found["is_urgent"]


class TestDeadJobs:
    def give_up(self, workspace_id: UUID | None, name: str = toys.HEAR) -> UUID:
        job_id = toys.enqueue(name=name, workspace_id=workspace_id)
        toys.change(job_id, state=JobState.DEAD, finished_at=func.now(), error_code="Kaboom")
        with transaction() as session:
            announce(session, JobGivenUp(job_id, workspace_id, name, "Kaboom"))
        run_due(TELL)
        return job_id

    def test_the_workspaces_people_are_told(self, client: FlaskClient, person: SignedUp) -> None:
        job_id = self.give_up(person.workspace_id)
        (found,) = client.get(API).get_json()["items"]
        assert (found["kind"], found["is_urgent"]) == ("job.dead", True)
        assert found["href"] == f"/jobs/{job_id}"
        assert "“Hear”" in found["body"]

    def test_operators_are_told_of_the_products_own(
        self, client: FlaskClient, person: SignedUp, stranger: FlaskClient
    ) -> None:
        self.give_up(None)
        assert [each.user_id for each in told()] == [person.user_id]
        assert stranger.get(API).get_json()["items"] == []

    @pytest.mark.parametrize("name", [toys.ACT, "video.process_video"])
    def test_a_job_whose_service_tells_by_itself_is_no_news(
        self, person: SignedUp, name: str
    ) -> None:
        self.give_up(person.workspace_id, name)
        assert told() == []

    def test_our_own_failures_are_no_news(self, person: SignedUp) -> None:
        self.give_up(person.workspace_id, "notifications.send_note")
        assert told() == []

    def test_a_job_that_was_put_back_meanwhile_is_no_news(self, person: SignedUp) -> None:
        job_id = toys.enqueue(name=toys.HEAR)
        with transaction() as session:
            announce(session, JobGivenUp(job_id, person.workspace_id, toys.HEAR, "Kaboom"))
        run_due(TELL)
        assert told() == []

    def test_giving_up_twice_is_news_twice(self, person: SignedUp) -> None:
        job_id = self.give_up(person.workspace_id)
        with transaction() as session:
            moment = session.scalar(select(Job.finished_at).where(Job.id == job_id))
            announce(session, JobGivenUp(job_id, person.workspace_id, toys.HEAR, "Kaboom"))
        run_due(TELL)
        assert len(told()) == 1
        assert moment is not None
        toys.change(job_id, finished_at=func.now())
        with transaction() as session:
            announce(session, JobGivenUp(job_id, person.workspace_id, toys.HEAR, "Kaboom"))
        run_due(TELL)
        assert len(told()) == 2


def test_a_lost_connection_is_told_to_the_workspace_once(
    person: SignedUp, reachable: Receiver
) -> None:
    event = GitHubReconnectNeeded(new_id(), person.workspace_id, "ayse", now())
    for _ in range(2):
        with transaction() as session:
            announce(session, event)
    run_due(TELL)
    [found] = told()
    assert (found.kind, found.facts["login"]) == ("connection.lost", "ayse")
    assert ways() == ["email", "push", "push", "slack", "webhook"]
