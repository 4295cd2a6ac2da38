"""The tests of this service run without the others: it must not need them."""

import pytest
from flask import Flask

from ultra.gateway.app import create_app


@pytest.fixture(scope="session")
def app() -> Flask:
    return create_app(services=["auth"])
