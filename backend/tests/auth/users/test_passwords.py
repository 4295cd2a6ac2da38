"""Hashing of passwords."""

import hashlib
import hmac
import threading

import bcrypt
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from tests.factories.auth import PASSWORD, sign_up
from ultra.auth.users import passwords
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.kit.db import read_only, transaction
from ultra.kit.errors import Unavailable
from ultra.settings import Auth, PasswordScheme, settings

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


class TestGenerationsOfThePepper:
    def test_the_highest_hashes_new_ones_and_older_ones_stay_readable(self, monkeypatch):
        old = passwords.hash_password(PASSWORD)
        monkeypatch.setattr(settings.auth, "peppers", {"2": SecretStr("b" * 32)})
        second = passwords.hash_password(PASSWORD)
        monkeypatch.setattr(
            settings.auth, "peppers", {"2": SecretStr("b" * 32), "10": SecretStr("c" * 32)}
        )
        third = passwords.hash_password(PASSWORD)
        assert [each.split("$")[1] for each in (old, second, third)] == ["1", "2", "10"]
        assert all(passwords.is_password(PASSWORD, each) for each in (old, second, third))
        assert [passwords.is_outdated(each) for each in (old, second, third)] == [True, True, False]

    def test_one_that_is_gone_fits_nothing(self, monkeypatch):
        monkeypatch.setattr(settings.auth, "peppers", {"2": SecretStr("b" * 32)})
        stored = passwords.hash_password(PASSWORD)
        monkeypatch.setattr(settings.auth, "peppers", {})
        assert not passwords.is_password(PASSWORD, stored)

    def test_each_has_a_key_of_its_own(self, monkeypatch):
        made = []
        for secret in ("b" * 32, "c" * 32):
            monkeypatch.setattr(settings.auth, "peppers", {"2": SecretStr(secret)})
            made.append(passwords.hash_password(PASSWORD))
        assert not passwords.is_password(PASSWORD, made[0])
        assert passwords.is_password(PASSWORD, made[1])

    def test_the_first_survives_a_change_of_the_installation_s_secret(self, monkeypatch):
        stored, former = passwords.hash_password(PASSWORD), settings.secret
        monkeypatch.setattr(settings, "secret_key", SecretStr("z" * 40))
        monkeypatch.setitem(settings.__dict__, "secret", "z" * 40)
        assert not passwords.is_password(PASSWORD, stored)
        monkeypatch.setattr(settings.auth, "peppers", {"1": SecretStr(former)})
        assert passwords.is_password(PASSWORD, stored)

    def test_a_login_moves_a_person_to_the_newest_and_nobody_is_signed_out(
        self, client, monkeypatch
    ):
        person = sign_up(client)
        monkeypatch.setattr(settings.auth, "peppers", {"2": SecretStr("b" * 32)})
        log_in(client, person)
        assert stored_of(person).startswith("bcrypt-sha384$2$")
        monkeypatch.setattr(settings.auth, "password_scheme", PasswordScheme.ARGON2ID)
        log_in(client, person)
        assert stored_of(person).startswith("argon2id-sha384$2$$argon2id$v=19$m=47104,t=1,p=1$")
        log_in(client, person)
        assert client.get("/api/auth/me").status_code == 200

    @pytest.mark.parametrize("peppers", [{"x": "b" * 32}, {"0": "b" * 32}, {"2": "b" * 31}])
    def test_a_setting_that_cannot_be_right_is_refused(self, peppers):
        with pytest.raises(ValidationError):
            Auth(peppers=peppers)


class TestArgon2id:
    @pytest.fixture(autouse=True)
    def _choose(self, monkeypatch):
        monkeypatch.setattr(settings.auth, "password_scheme", PasswordScheme.ARGON2ID)

    def test_recognises_its_own_and_those_of_bcrypt(self, monkeypatch):
        stored = passwords.hash_password("🎬" * 128)
        assert passwords.is_password("🎬" * 128, stored)
        assert not passwords.is_password("🎬" * 127, stored)
        assert not passwords.is_outdated(stored)
        monkeypatch.setattr(settings.auth, "password_scheme", PasswordScheme.BCRYPT)
        assert passwords.is_password("🎬" * 128, stored)
        assert passwords.is_outdated(stored)

    def test_nothing_matches_when_nothing_is_stored(self):
        assert not passwords.is_password(PASSWORD, None)


def test_hashing_anew_does_not_bring_an_old_password_back(client, monkeypatch):
    person = sign_up(client)
    monkeypatch.setattr(settings.auth, "bcrypt_cost", 5)
    proof = users.prove(users.seek(person.user["email"]), PASSWORD)
    assert proof.better
    with transaction() as session:
        # Somebody who read the row before the password was changed, and writes after it.
        found = session.get(User, person.user_id)
        change = {"current_password": PASSWORD, "new_password": "yepyeni bir şifre"}
        assert client.post("/api/auth/password", json=change).status_code == 204
        changed = stored_of(person)
        users.repository.set_rehashed(session, found.id, old=proof.stored, new=proof.better)
    assert stored_of(person) == changed


def test_an_unknown_scheme_fits_nothing():
    assert not passwords.is_password(PASSWORD, "none$1$")


def test_secrets_are_in_no_repr(client):
    person = sign_up(client)
    proof = users.prove(users.seek(person.user["email"]), PASSWORD)
    assert proof.stored not in repr(proof)
    assert proof.stored not in repr(users.seek(person.user["email"]))


def log_in(client, person):
    credentials = {"email": person.user["email"], "password": PASSWORD}
    assert client.post("/api/auth/login", json=credentials).status_code == 200


def stored_of(person):
    with read_only() as session:
        return session.get(User, person.user_id).password_hash


def test_refuses_more_at_once_than_it_has_room_for(monkeypatch):
    monkeypatch.setattr(passwords, "_slots", threading.BoundedSemaphore(2))
    with passwords._slot(), passwords._slot(), pytest.raises(Unavailable):
        passwords.hash_password(PASSWORD)
    assert passwords.hash_password(PASSWORD)
