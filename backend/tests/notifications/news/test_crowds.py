"""Many workers at the same time: still once each, and nothing falls between two digests."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    add_browser,
    add_endpoint,
    deliveries,
    mails,
    part,
    preferences,
    run_now,
)
from tests.kit.tasks import toys
from tests.notifications.receiver import Receiver
from ultra.kit.db import read_only, transaction
from ultra.notifications.inbox.models import Notification
from ultra.notifications.kinds import Kind
from ultra.notifications.news import service as news
from ultra.notifications.news.service import News


def at_once(*actions: Callable[[], object]) -> None:
    """Run all of them in threads that start together; raise what any of them raised."""
    together = threading.Barrier(len(actions))
    faults: list[Exception] = []

    def run(action: Callable[[], object]) -> None:
        together.wait()
        try:
            action()
        except Exception as fault:  # noqa: BLE001 - it is raised again in the test's own thread
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def spread(person: SignedUp, name: str) -> None:
    facts = {"title": name, "body": f"Not {name}.", "link": None}
    told = News(f"note:{name}", Kind.NOTE, facts, person.workspace_id)
    with transaction() as session:
        news.spread(session, told, [person.user_id])


def count(table: type[Notification]) -> int:
    with read_only() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def wanted(client: FlaskClient, person: SignedUp) -> SignedUp:
    preferences(client, zone="UTC", email_digest="hourly", kinds={"note": {"email": True}})
    return person


def test_one_event_told_by_many(client: FlaskClient, wanted: SignedUp, receiver: Receiver) -> None:
    add_endpoint(client, receiver.url())
    add_browser(client, receiver.url("/push/a"))
    at_once(*[lambda: spread(wanted, "one")] * 8)
    assert count(Notification) == 1
    assert sorted(each.channel for each in deliveries()) == ["email", "push", "webhook"]
    assert len(toys.jobs_named("notifications.deliver_to_endpoint")) == 1
    assert len(toys.jobs_named("notifications.send_digest")) == 1


def test_many_events_at_once(client: FlaskClient, wanted: SignedUp, receiver: Receiver) -> None:
    add_endpoint(client, receiver.url())
    at_once(*[lambda number=number: spread(wanted, str(number)) for number in range(8)])
    assert count(Notification) == 8
    # They share one digest.
    assert len({each.digest_id for each in deliveries(channel="email")}) == 1


def test_what_comes_while_a_digest_closes_is_in_it_or_in_the_next(wanted: SignedUp) -> None:
    spread(wanted, "first")
    sent: set[UUID] = set()
    for round_ in range(4):
        jobs = toys.jobs_named("notifications.send_digest")
        job_id = next(job.id for job in jobs if job.id not in sent)
        sent.add(job_id)
        names = [f"r{round_}n{number}" for number in range(3)]
        at_once(
            lambda job_id=job_id: run_now(job_id),
            *[lambda name=name: spread(wanted, name) for name in names],
        )
        if not [job for job in toys.jobs_named("notifications.send_digest") if job.id not in sent]:
            spread(wanted, f"r{round_}last")
    for job in toys.jobs_named("notifications.send_digest"):
        run_now(job.id)
    told = "".join(part(mail, "plain") for mail in mails())
    everything = [each.state for each in deliveries(channel="email")]
    assert set(everything) == {"delivered"}
    with read_only() as session:
        names = [row.facts["title"] for row in session.scalars(select(Notification))]
    assert len(names) >= 13
    for name in names:
        assert told.count(f"Not {name}.") == 1, name
