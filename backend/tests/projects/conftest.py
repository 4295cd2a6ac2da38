"""A person at `client`, somebody of another workspace at `stranger`, GitHub at `sandbox`."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.sandbox.conftest import Sandbox, sandbox, start  # noqa: F401 - fixtures, by name


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client)


@pytest.fixture
def stranger(person: SignedUp, app: Flask) -> FlaskClient:
    """Somebody in another workspace."""
    browser = as_browser(app)
    sign_up(browser)
    return browser
