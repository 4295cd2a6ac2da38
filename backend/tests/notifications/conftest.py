"""A person at `client`, somebody of another workspace at `stranger`, a program at `receiver`."""

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.notifications.receiver import Receiver, receiving
from ultra.kit import mail


@pytest.fixture
def person(client: FlaskClient) -> SignedUp:
    return sign_up(client, locale="en")


@pytest.fixture
def stranger(person: SignedUp, app: Flask) -> FlaskClient:
    """Somebody in another workspace."""
    browser = as_browser(app)
    sign_up(browser)
    return browser


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture(autouse=True)
def _empty_mailbox() -> Iterator[None]:
    shutil.rmtree(mail.folder(), ignore_errors=True)
    yield
    shutil.rmtree(mail.folder(), ignore_errors=True)
