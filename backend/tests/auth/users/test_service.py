"""Rules of people that only show when two things happen at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

import pytest

from tests.factories.auth import PASSWORD, as_browser, sign_up
from ultra.auth.users import passwords
from ultra.auth.users import service as users
from ultra.auth.users.errors import WrongCredentials, WrongPassword
from ultra.kit.db import transaction


def test_of_many_who_register_one_address_one_gets_it(client, app, monkeypatch):
    # Room for all: how many may hash at once is another test's business.
    monkeypatch.setattr(passwords, "_slots", BoundedSemaphore(8))
    body = {"email": "ayse@example.com", "password": PASSWORD, "name": "Ayşe"}

    def register(_):
        return as_browser(app).post("/api/auth/register", json=body).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(register, range(8)))
    assert statuses == [201] + [409] * 7


def test_a_login_that_overlaps_a_password_change_does_not_get_in(client):
    person = sign_up(client)
    proof = users.prove(users.seek(person.user["email"]), PASSWORD)
    change = {"current_password": PASSWORD, "new_password": "yepyeni bir şifre"}
    assert client.post("/api/auth/password", json=change).status_code == 204
    with pytest.raises(WrongCredentials), transaction() as session:
        users.accept(session, proof)


def test_of_two_password_changes_at_once_one_wins(client):
    person = sign_up(client)
    proofs = [users.prove_again(person.user_id, PASSWORD) for _ in range(2)]
    hashes = [passwords.hash_password(f"yepyeni bir şifre {number}") for number in range(2)]
    with transaction() as session:
        users.change_password(session, proofs[0], hashes[0])
    with pytest.raises(WrongPassword), transaction() as session:
        users.change_password(session, proofs[1], hashes[1])
