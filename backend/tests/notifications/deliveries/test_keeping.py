"""Old notifications and logs make room."""

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, update

from tests.factories.auth import SignedUp
from tests.factories.notifications import (
    API,
    add_endpoint,
    deliveries,
    preferences,
    ready,
    run_due,
    run_now,
)
from tests.kit.tasks import toys
from tests.notifications.receiver import Receiver
from ultra.kit.db import transaction
from ultra.notifications.deliveries import keeping
from ultra.notifications.deliveries.models import Delivery, Digest
from ultra.notifications.inbox.models import Notification
from ultra.settings import settings


def age(table: Any, days: int) -> None:
    with transaction() as session:
        session.execute(update(table).values(created_at=func.now() - timedelta(days=days)))


def test_what_is_too_old_goes(client: FlaskClient, person: SignedUp, receiver: Receiver) -> None:
    add_endpoint(client, receiver.url())
    ready(person)
    run_due()
    assert keeping.remove_old() == {"notifications": 0, "deliveries": 0, "digests": 0}
    age(Notification, settings.notifications.keep_days + 1)
    assert keeping.remove_old() == {"notifications": 1, "deliveries": 0, "digests": 0}
    # The mail went with its notification, the webhook has a log of its own.
    assert [each.channel for each in deliveries()] == ["webhook"]
    age(Delivery, settings.notifications.log_days + 1)
    assert keeping.remove_old() == {"notifications": 0, "deliveries": 1, "digests": 0}
    assert client.get(API).get_json()["items"] == []


def test_digests_go_when_nothing_of_them_is_left(client: FlaskClient, person: SignedUp) -> None:
    preferences(client, zone="UTC", email_digest="hourly")
    ready(person)
    (job,) = toys.jobs_named("notifications.send_digest")
    age(Digest, settings.notifications.log_days + 1)
    # One that is open waits, however old it is.
    assert keeping.remove_old()["digests"] == 0
    run_now(job.id)
    assert keeping.remove_old()["digests"] == 0
    age(Delivery, settings.notifications.log_days + 1)
    assert keeping.remove_old() == {"notifications": 0, "deliveries": 1, "digests": 1}


def test_in_batches(person: SignedUp, monkeypatch: Any) -> None:
    monkeypatch.setattr(keeping, "BATCH", 2)
    for _ in range(5):
        ready(person)
    age(Notification, settings.notifications.keep_days + 1)
    assert keeping.remove_old()["notifications"] == 5


def test_what_is_still_on_its_way_stays(
    client: FlaskClient, person: SignedUp, receiver: Receiver
) -> None:
    add_endpoint(client, receiver.url())
    ready(person)
    age(Delivery, settings.notifications.log_days + 1)
    assert keeping.remove_old()["deliveries"] == 0
