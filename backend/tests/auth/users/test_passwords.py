"""Hashing of passwords."""

import hashlib
import hmac
import threading

import bcrypt
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.factories.auth import PASSWORD, sign_up
from ultra.auth.users import passwords
from ultra.auth.users.models import User
from ultra.kit.db import read_only
from ultra.kit.errors import Unavailable
from ultra.settings import settings

pytestmark = pytest.mark.usefixtures("stack")


@given(st.text(st.characters(codec="utf-8"), min_size=8, max_size=128))
@effort(max_examples=40, deadline=None)
def test_any_password_is_recognised_and_its_every_character_counts(password):
    stored = passwords.hash_password(password)
    assert passwords.is_password(password, stored)
    assert not passwords.is_password(password + "x", stored)
    assert not passwords.is_password(password[:-1], stored)


def test_what_follows_byte_72_counts():
    stored = passwords.hash_password("x" * 72 + "a")
    assert not passwords.is_password("x" * 72 + "b", stored)


def test_composed_and_decomposed_letters_are_one_password():
    stored = passwords.hash_password("\u00e7ok gizli \u015fifre")
    assert passwords.is_password("c\u0327ok gizli s\u0327ifre", stored)


def test_stolen_hashes_cannot_be_tried_without_the_pepper():
    made = passwords.hash_password(PASSWORD).split("$", 2)[2].encode()
    plain = hashlib.sha384(PASSWORD.encode()).digest()
    keyed = hmac.new(b"", PASSWORD.encode(), hashlib.sha384).digest()
    for guess in (PASSWORD.encode(), plain.hex().encode()[:72], keyed.hex().encode()[:72]):
        assert not bcrypt.checkpw(guess, made)


def test_names_scheme_pepper_and_cost():
    assert passwords.hash_password(PASSWORD).startswith("bcrypt-sha384$1$$2b$04$")


def test_nothing_matches_when_nothing_is_stored():
    assert not passwords.is_password(PASSWORD, None)


def test_a_login_hashes_anew_when_the_cost_has_risen(client, monkeypatch):
    person = sign_up(client)
    monkeypatch.setattr(settings.auth, "bcrypt_cost", 5)
    credentials = {"email": person.user["email"], "password": PASSWORD}
    assert client.post("/api/auth/login", json=credentials).status_code == 200
    with read_only() as session:
        stored = session.get(User, person.user_id).password_hash
    assert stored.startswith("bcrypt-sha384$1$$2b$05$")
    assert client.post("/api/auth/login", json=credentials).status_code == 200


def test_refuses_more_at_once_than_it_has_room_for(monkeypatch):
    monkeypatch.setattr(passwords, "_slots", threading.BoundedSemaphore(2))
    with passwords._slot(), passwords._slot(), pytest.raises(Unavailable):
        passwords.hash_password(PASSWORD)
    assert passwords.hash_password(PASSWORD)
