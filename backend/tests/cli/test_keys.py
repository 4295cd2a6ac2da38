"""`./ultra keys`: whoever looks after an installation sees and changes the signing keys."""

import pytest
from sqlalchemy import delete
from typer.testing import CliRunner

from ultra.auth.sessions import signing_keys
from ultra.auth.sessions.models import SigningKey
from ultra.auth.sessions.signing_keys import KeyRing
from ultra.cli.app import app
from ultra.kit.db import transaction


@pytest.fixture
def one_key(stores):
    """Afterwards the first process makes its key anew."""
    with transaction() as session:
        session.execute(delete(SigningKey))
    yield KeyRing().signing().kid
    with transaction() as session:
        session.execute(delete(SigningKey))
    signing_keys.key_ring.__init__()


def run(*words):
    done = CliRunner().invoke(app, ["keys", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_new_key_is_announced_beside_the_one_that_signs(one_key):
    assert "signs in ten minutes" in run("rotate")
    shown = run("list").splitlines()
    assert [line.split()[1] for line in shown] == ["announced", "active"]
    assert shown[1].startswith(one_key)


def test_in_an_emergency_the_old_ones_are_gone(one_key):
    run("rotate", "--at-once")
    shown = run("list")
    assert one_key not in shown
    assert "active" in shown
