"""Workers that are killed, or frozen and overtaken, in the middle of a delivery."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    API,
    add_browser,
    add_endpoint,
    job_of,
    mails,
    only,
    ready,
    run_due,
    run_now,
)
from tests.kit.tasks import toys
from tests.notifications.receiver import Receiver
from ultra.kit.db import transaction
from ultra.kit.tasks import JobState, put_back
from ultra.kit.tasks.lease import Lease, as_current, claim
from ultra.kit.tasks.registry import get_task
from ultra.notifications.deliveries import attempts


class Killed(BaseException):
    """The end of a process: nothing catches it, nothing is recorded after it."""


def run_and_die(job_id: UUID) -> None:
    """Run a job up to the moment before its outcome is recorded, as a kill -9 there would."""
    toys.change(job_id, state=JobState.QUEUED)
    lease = claim(job_id, "victim")
    assert lease is not None
    job = toys.find(job_id)
    with pytest.raises(Killed), as_current(lease):
        get_task(job.name).run(*job.args)


def recover(job_id: UUID) -> None:
    """What the sweeper does with a job whose worker was silent for too long; then run it."""
    toys.change(job_id, state=JobState.WAITING, owner=None, lease_until=None)
    run_now(job_id)


@pytest.fixture
def die_before_recording(monkeypatch: pytest.MonkeyPatch) -> Callable[[UUID], None]:
    def run(job_id: UUID) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(attempts, "record", _die)
            run_and_die(job_id)

    return run


def _die(*_: Any) -> None:
    raise Killed


def job_id_of(**values: Any) -> UUID:
    job_id = only(**values).job_id
    assert job_id is not None
    return job_id


class TestKilledAfterSending:
    def test_a_webhook_is_sent_again_with_the_same_id(
        self,
        client: FlaskClient,
        person: SignedUp,
        receiver: Receiver,
        die_before_recording: Callable[[UUID], None],
    ) -> None:
        add_endpoint(client, receiver.url())
        ready(person)
        job_id = job_id_of(channel="webhook")
        die_before_recording(job_id)
        recover(job_id)
        assert len(receiver.received) == 2
        assert len({each.headers["webhook-id"] for each in receiver.received}) == 1
        delivery = only(channel="webhook")
        assert (delivery.state, delivery.attempts) == ("delivered", 2)
        log = client.get(f"{API}/deliveries/{delivery.id}").get_json()["attempts_log"]
        assert [each["error"] for each in log] == ["The attempt was cut off.", None]

    @pytest.mark.parametrize("kind", ["slack", "discord"])
    def test_a_chat_message_is_never_doubled_and_a_person_decides(
        self,
        client: FlaskClient,
        person: SignedUp,
        receiver: Receiver,
        die_before_recording: Callable[[UUID], None],
        kind: str,
    ) -> None:
        add_endpoint(client, receiver.url(), kind)
        ready(person)
        job_id = job_id_of(channel=kind)
        die_before_recording(job_id)
        recover(job_id)
        assert len(receiver.received) == 1
        delivery = only(channel=kind)
        assert (delivery.state, delivery.error_code) == ("failed", "outcome_unknown")
        assert toys.find(job_id).state == JobState.FAILED
        # They look, and it is not there.
        client.post(f"{API}/deliveries/{delivery.id}/replay")
        run_due()
        assert len(receiver.received) == 2

    def test_putting_its_job_back_sends_it(
        self,
        client: FlaskClient,
        person: SignedUp,
        receiver: Receiver,
        die_before_recording: Callable[[UUID], None],
    ) -> None:
        add_endpoint(client, receiver.url(), "slack")
        ready(person)
        job_id = job_id_of(channel="slack")
        die_before_recording(job_id)
        recover(job_id)
        with transaction() as session:
            assert put_back(session, job_id)
        assert only(channel="slack").state == "pending"
        run_due()
        assert only(channel="slack").state == "delivered"
        assert len(receiver.received) == 2

    def test_put_back_before_its_failure_was_told_it_is_sent(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        add_endpoint(client, receiver.url())
        ready(person)
        job_id = job_id_of(channel="webhook")
        toys.die_of_its_deadline(job_id)
        with transaction() as session:
            assert put_back(session, job_id)
        [told] = toys.jobs_named("notifications.delivery_failed")
        assert run_now(told.id).state == JobState.DONE
        assert only(channel="webhook").state == "pending"
        run_due()
        assert only(channel="webhook").state == "delivered"

    def test_a_push_message_carries_the_tag_of_the_first(
        self,
        client: FlaskClient,
        person: SignedUp,
        receiver: Receiver,
        die_before_recording: Callable[[UUID], None],
    ) -> None:
        browser = add_browser(client, receiver.url("/push/a"))
        ready(person)
        job_id = job_id_of(channel="push")
        die_before_recording(job_id)
        recover(job_id)
        first, second = (browser.read(each.body) for each in receiver.received)
        assert first == second
        assert len({each.headers["topic"] for each in receiver.received}) == 1

    def test_a_mail_is_one_mail(
        self, person: SignedUp, die_before_recording: Callable[[UUID], None]
    ) -> None:
        ready(person)
        job_id = job_id_of(channel="email")
        die_before_recording(job_id)
        assert len(mails()) == 1
        recover(job_id)
        assert len(mails()) == 1
        assert only(channel="email").state == "delivered"


class TestKilledBeforeSending:
    def test_a_webhook_arrives_all_the_same(
        self,
        client: FlaskClient,
        person: SignedUp,
        receiver: Receiver,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        add_endpoint(client, receiver.url())
        ready(person)
        job_id = job_id_of(channel="webhook")
        with monkeypatch.context() as patched:
            patched.setattr("ultra.kit.outgoing.post", _die)
            run_and_die(job_id)
        recover(job_id)
        assert len(receiver.received) == 1


class TestOvertaken:
    def test_a_worker_that_lost_its_job_writes_nothing(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        """Frozen after the claim, woken when another has done the work: its claim is void."""
        add_endpoint(client, receiver.url())
        ready(person)
        job_id = job_id_of(channel="webhook")
        toys.change(job_id, state=JobState.QUEUED)
        frozen = claim(job_id, "frozen")
        assert frozen is not None
        recover(job_id)
        assert only(channel="webhook").state == "delivered"
        run_as(frozen, job_id)
        assert len(receiver.received) == 1
        assert only(channel="webhook").attempts == 1

    def test_a_message_that_comes_twice_is_done_once(
        self, client: FlaskClient, person: SignedUp, receiver: Receiver
    ) -> None:
        add_endpoint(client, receiver.url())
        ready(person)
        run_due()
        delivery = only(channel="webhook")
        assert delivery.job_id is not None
        # Whoever gets the job's id once more from the broker cannot win it.
        assert claim(delivery.job_id, "second") is None
        assert job_of(delivery).state == JobState.DONE
        toys.change(delivery.job_id, state=JobState.WAITING, not_before=func.now())
        run_due()
        assert len(receiver.received) == 1


def run_as(lease: Lease, job_id: UUID) -> None:
    job = toys.find(job_id)
    with pytest.raises(Exception, match="lost"), as_current(lease):
        get_task(job.name).run(*job.args)
