"""Fixtures for second factors."""

import pytest

from tests.auth.factors.people import Clock
from tests.browser.conftest import browser_type_launch_args  # noqa: F401 - a fixture, by its name


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)
