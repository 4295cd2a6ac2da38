"""PostgreSQL and Redis of the embedded stack for the tests: real, in a temporary ULTRA_HOME.

Importing this module points the settings of this process there, so it must be imported before
anything of `ultra`: `conftest.py` does so in its first line. A killed test run leaves nothing: the
stack's own guard ends the servers.
"""

import atexit
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.homes import use_temporary_home


def _home() -> Path:
    home = use_temporary_home("test")
    # Tests sign up many people from one address; those of the limits set limits of their own.
    for name in ("REGISTRATION", "LOGIN_ADDRESS", "API", "SESSION"):
        os.environ[f"ULTRA_LIMITS__{name}"] = "100000/minute"
    if server := os.environ.get("ULTRA_TEST_MONGODB_URL"):
        # The whole suite keeps its documents there, in a database of its own.
        os.environ["ULTRA_MONGODB_URL"] = urlsplit(server)._replace(path=f"/{home.name}").geturl()
    # Runs after pytest has ended the servers, and when no test asked for them.
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


HOME = _home()

from ultra.local.stack import Stack  # noqa: E402 - the environment comes first
from ultra.settings import Settings, settings  # noqa: E402


@pytest.fixture(scope="session")
def stack() -> Iterator[Settings]:
    """Yield the settings whose `postgres_url` and `redis_address` answer; the database is empty."""
    if settings.home != HOME or settings.database_url or settings.redis_url:
        pytest.exit("the tests must not run against the stores of .env: unset them there", 2)
    with Stack(settings, only={"postgres", "redis"}):
        yield settings
