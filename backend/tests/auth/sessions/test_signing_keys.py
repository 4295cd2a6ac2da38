"""The keys of access tokens: one pair for all processes, its private half never in clear."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import OperationalError

from tests.factories.auth import sign_up
from ultra.auth import public
from ultra.auth.sessions import access_tokens, signing_keys
from ultra.auth.sessions.models import SigningKey
from ultra.auth.sessions.signing_keys import KeyRing
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import NotSignedIn
from ultra.settings import settings


@pytest.fixture
def no_keys(stores, monkeypatch):
    """As on the first start ever; afterwards everybody reads the keys again."""
    usual = signing_keys.key_ring
    with transaction() as session:
        session.execute(delete(SigningKey))
    monkeypatch.setattr(access_tokens, "key_ring", KeyRing())
    monkeypatch.setattr(signing_keys, "key_ring", KeyRing())
    yield
    with transaction() as session:
        session.execute(delete(SigningKey))
    # Not by its name in the module, where still the one of the test stands.
    usual.__init__()


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


def test_tokens_that_come_while_the_keys_are_read_for_the_first_time_wait(no_keys):
    kid = KeyRing().signing().kid
    new = KeyRing()
    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(new.find, [kid] * 12))
    assert None not in found


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


class TestRotation:
    """A new key is announced, then signs, then only verifies; nobody is signed out by it."""

    def age(self, **by):
        """All keys become older by so much."""
        with transaction() as session:
            session.execute(
                update(SigningKey).values(created_at=SigningKey.created_at - timedelta(**by))
            )

    def tend(self):
        with transaction() as session:
            signing_keys.tend(session)

    def states(self):
        with read_only() as session:
            return [key.state.value for key in signing_keys.list_states(session)]

    def test_the_whole_way_with_a_token_of_each_step(self, no_keys, monkeypatch):
        first = KeyRing().signing().kid
        self.tend()
        assert self.states() == ["active"]
        self.age(days=91)
        self.tend()
        # Announced: everybody can verify with it, nobody signs.
        assert self.states() == ["announced", "active"]
        ring = KeyRing()
        assert ring.signing().kid == first
        assert len(ring.public_keys()) == 2
        monkeypatch.setattr(access_tokens, "key_ring", ring)
        old_token = access_tokens.issue(uuid4(), uuid4())
        self.tend()
        assert count_keys() == 2

        self.age(minutes=10)
        assert self.states() == ["active", "retired"]
        ring = KeyRing()
        second = ring.signing().kid
        assert second != first
        monkeypatch.setattr(access_tokens, "key_ring", ring)
        new_token = access_tokens.issue(uuid4(), uuid4())
        self.tend()
        for token in (old_token, new_token):
            access_tokens.verify(token)

        self.age(minutes=13)
        self.tend()
        assert self.states() == ["active"]
        monkeypatch.setattr(access_tokens, "key_ring", KeyRing())
        access_tokens.verify(new_token)
        with pytest.raises(NotSignedIn):
            access_tokens.verify(old_token)

    def test_a_process_that_runs_on_follows(self, no_keys, monkeypatch):
        ring = KeyRing()
        first = ring.signing().kid
        with transaction() as session:
            second = signing_keys.announce(session)
        assert ring.signing().kid == first
        self.age(minutes=11)
        with transaction() as session:
            session.execute(
                update(SigningKey)
                .where(SigningKey.kid == first)
                .values(created_at=SigningKey.created_at - timedelta(days=1))
            )
        assert ring.signing().kid == first
        monkeypatch.setattr(signing_keys, "STALE_SECONDS", 0)
        assert ring.signing().kid == second

    def test_in_an_emergency_all_keys_go_at_once(self, no_keys, monkeypatch):
        ring = KeyRing()
        monkeypatch.setattr(access_tokens, "key_ring", ring)
        stolen = access_tokens.issue(uuid4(), uuid4())
        with transaction() as session:
            kid = signing_keys.replace_all(session)
        assert self.states() == ["active"]
        monkeypatch.setattr(signing_keys, "STALE_SECONDS", 0)
        with pytest.raises(NotSignedIn):
            access_tokens.verify(stolen)
        assert ring.signing().kid == kid

    def test_a_page_goes_on_through_an_emergency(self, no_keys, client, monkeypatch):
        sign_up(client)
        monkeypatch.setattr(signing_keys, "STALE_SECONDS", 0)
        with transaction() as session:
            signing_keys.replace_all(session)
        assert client.get("/api/auth/me").status_code == 401
        assert client.post("/api/auth/refresh").status_code == 200
        assert client.get("/api/auth/me").status_code == 200

    def test_a_database_that_is_away_for_a_moment_signs_nobody_out(self, no_keys, monkeypatch):
        ring = KeyRing()
        monkeypatch.setattr(access_tokens, "key_ring", ring)
        token = access_tokens.issue(uuid4(), uuid4())
        monkeypatch.setattr(signing_keys, "STALE_SECONDS", 0)

        @contextmanager
        def lost(**_: object):
            raise OperationalError("select", {}, Exception("gone"))
            yield

        monkeypatch.setattr(signing_keys, "transaction", lost)
        access_tokens.verify(token)

    def test_the_published_keys_verify_and_hold_no_secret(self, no_keys, client, monkeypatch):
        monkeypatch.setattr(signing_keys, "RELOAD_SECONDS", 0)
        monkeypatch.setattr(public, "key_ring", signing_keys.key_ring)
        person = sign_up(client)
        answer = client.get("/.well-known/jwks.json")
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        keys = answer.get_json()["keys"]
        assert [{"kty", "crv", "x", "y", "kid", "use", "alg"}] == [set(key) for key in keys]
        found = jwt.decode(
            person.token, KeySet.import_key_set({"keys": keys}), algorithms=["ES256"]
        )
        assert found.claims["sub"] == str(person.user_id)
