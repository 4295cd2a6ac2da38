"""Two people: the first of an installation is its operator, the second is not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.jobs import toys  # noqa: F401 - its offer must be known before anyone asks for it


@pytest.fixture
def operators_client(stores: None, app: Flask) -> FlaskClient:
    return as_browser(app)


@pytest.fixture
def operator(operators_client: FlaskClient) -> SignedUp:
    return sign_up(operators_client)


@pytest.fixture
def person(operator: SignedUp, client: FlaskClient) -> SignedUp:
    """Signed in at `client`."""
    return sign_up(client)
