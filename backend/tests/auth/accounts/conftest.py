"""An empty mailbox for each test."""

from collections.abc import Iterator

import pytest

from tests.factories import mail


@pytest.fixture(autouse=True)
def _empty_mailbox(stack: object) -> Iterator[None]:
    mail.throw_away()
    yield
    mail.throw_away()
