"""Two people: the first of an installation is its operator, the second is not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.jobs import toys  # noqa: F401 - its offer must be known before anyone asks for it
from ultra.kit.db import transaction
from ultra.kit.outbox import OutboxMessage
from ultra.kit.tasks import Job


@pytest.fixture
def operators_client(stores: None, app: Flask) -> FlaskClient:
    return as_browser(app)


@pytest.fixture
def operator(operators_client: FlaskClient) -> SignedUp:
    return _sign_up(operators_client)


@pytest.fixture
def person(operator: SignedUp, client: FlaskClient) -> SignedUp:
    """Signed in at `client`."""
    return _sign_up(client)


def _sign_up(client: FlaskClient) -> SignedUp:
    """Without the jobs that it asks for: the tests here count all that there are."""
    person = sign_up(client)
    with transaction() as session:
        session.execute(delete(OutboxMessage))
        session.execute(delete(Job))
    return person
