"""Fixtures for all tests: the embedded PostgreSQL and Redis, the app, a browser-like client.

Only tests that ask for `stores`, `app` or `client` start the stack; the stores are empty each time.
"""

# First of all: it points the settings of this process at a temporary home.
from tests.stack import stack  # noqa: F401, I001

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pymongo import MongoClient
from sqlalchemy import text

from tests.factories.auth import as_browser
from ultra.gateway.app import create_app
from ultra.kit import migrate, modules
from ultra.kit.db import Base, engine
from ultra.kit.redis import redis
from ultra.kit.tasks import load_tasks
from ultra.settings import Settings, settings

# The lowest that bcrypt knows: tests sign up often, and none of them is about its strength.
settings.auth.bcrypt_cost = 4

# Processes keep the signing keys in memory, so these stay.
KEPT_TABLES = {"signing_keys"}


@pytest.fixture(scope="session")
def database(stack: Settings) -> Iterator[None]:  # noqa: F811 - the fixture, by its name
    """The stack's database with all tables."""
    for name in ("models", "outbox", "documents", "schedules"):
        modules.load(name)
    migrate.upgrade()
    yield
    _drop_mongodb()
    engine.dispose()
    redis.close()


def _drop_mongodb() -> None:
    """Remove what the tests keep in MongoDB, if they were given one."""
    if settings.mongodb_url is None:
        return
    with MongoClient[Any](settings.mongodb_url.get_secret_value()) as client:
        client.drop_database(client.get_default_database().name)


@pytest.fixture(scope="session")
def empty_stores(database: None) -> Callable[[], None]:
    """Empty all tables and Redis; for modules whose processes run on from test to test."""

    def empty() -> None:
        # Twenty times faster than `truncate`, which makes new files for each table.
        deletes = [
            str(table.delete())
            for table in reversed(Base.metadata.sorted_tables)
            if table.name not in KEPT_TABLES
        ]
        with engine.begin() as connection:
            # The audit log lets nothing go but by this.
            connection.execute(text("set local app.audit_retention = 'on'"))
            connection.execute(text("; ".join(deletes)))
        redis.flushdb()
        _drop_mongodb()

    return empty


@pytest.fixture
def stores(empty_stores: Callable[[], None]) -> None:
    """Empty tables, empty Redis."""
    empty_stores()


@pytest.fixture(scope="session")
def app() -> Flask:
    """All services in one app."""
    load_tasks()
    return create_app()


@pytest.fixture
def client(stores: None, app: Flask) -> FlaskClient:
    """A browser on our own website: keeps cookies, says that its requests come from our pages."""
    return as_browser(app)
