"""The tests of this service run without the others' routes: it must not need them."""

import pytest
from flask import Flask

from ultra.gateway.app import create_app
from ultra.kit.tasks import load_tasks
from ultra.settings import settings


@pytest.fixture(scope="session")
def app() -> Flask:
    # As each process does at its start: what is asked for by name has to exist.
    load_tasks()
    return create_app(services=["auth"])


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many tries as the test needs; how many there may be is another test's business."""
    for name in type(settings.limits).model_fields:
        monkeypatch.setattr(settings.limits, name, "1000000/minute")
