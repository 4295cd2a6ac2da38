"""The keys of access tokens: one pair for all processes, its private half never in clear."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select

from ultra.auth.sessions import access_tokens, signing_keys
from ultra.auth.sessions.models import SigningKey
from ultra.auth.sessions.signing_keys import KeyRing
from ultra.kit.db import read_only, transaction
from ultra.settings import settings


@pytest.fixture
def no_keys(stores, monkeypatch):
    """As on the first start ever; afterwards everybody reads the keys again."""
    with transaction() as session:
        session.execute(delete(SigningKey))
    monkeypatch.setattr(access_tokens, "key_ring", KeyRing())
    monkeypatch.setattr(signing_keys, "key_ring", KeyRing())
    yield
    with transaction() as session:
        session.execute(delete(SigningKey))
    signing_keys.key_ring.__init__()


def count_keys():
    with read_only() as session:
        return session.scalar(select(func.count()).select_from(SigningKey))


def test_many_processes_at_the_first_start_make_one_key(no_keys):
    rings = [KeyRing() for _ in range(12)]
    with ThreadPoolExecutor(12) as threads:
        kids = set(threads.map(lambda ring: ring.signing().kid, rings))
    assert len(kids) == 1
    assert count_keys() == 1


def test_a_process_learns_of_a_key_that_another_made(no_keys, monkeypatch):
    other = KeyRing()
    assert other.find("nothing yet") is None
    kid = KeyRing().signing().kid
    # It has just looked, and does not look again for every unknown name.
    assert other.find(kid) is None
    monkeypatch.setattr(signing_keys, "RELOAD_SECONDS", 0)
    assert other.find(kid).kid == kid


def test_the_private_half_is_not_in_the_database(no_keys):
    secret = KeyRing().signing().as_dict(private=True)["d"]
    with read_only() as session:
        row = session.scalars(select(SigningKey)).one()
    assert "d" not in row.public_key
    assert secret.encode() not in row.sealed_private_key


def test_another_secret_signs_with_a_new_key_and_still_verifies_with_the_old(no_keys, monkeypatch):
    token = access_tokens.issue(uuid4(), uuid4())
    old = KeyRing().signing().kid
    monkeypatch.setitem(settings.__dict__, "secret", "another secret, at least this long")
    ring = KeyRing()
    assert ring.signing().kid != old
    assert count_keys() == 2
    monkeypatch.setattr(access_tokens, "key_ring", ring)
    access_tokens.verify(token)
