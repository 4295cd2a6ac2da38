"""The connector against the sandbox's GitHub, over real HTTP."""

import pytest
from pydantic import SecretStr

from tests.factories.github import grant
from tests.sandbox.conftest import Sandbox, sandbox, start  # noqa: F401 - fixtures, by name


@pytest.fixture
def token(sandbox: Sandbox) -> SecretStr:  # noqa: F811
    return grant(sandbox).access_token
