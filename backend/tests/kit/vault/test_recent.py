"""Data keys are remembered for a while, and never longer than they may be used."""

from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError

from tests.kit.vault.test_vault import PLAIN, add_row, read
from ultra.auth.factors.models import TOTP_SECRET, TotpSecret
from ultra.kit import vault
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.vault import Owner, SecretLost, data_keys, recent
from ultra.kit.vault.models import DataKey
from ultra.projects.connections.models import TOKENS, GitHubConnection


@pytest.fixture(autouse=True)
def _stores(stores: None) -> None:
    pass


def workspace_of(row_id: UUID) -> UUID:
    with read_only() as session:
        return session.get_one(GitHubConnection, row_id).workspace_id


def add_person() -> UUID:
    user_id = new_id()
    with transaction() as session:
        session.execute(
            text(
                "insert into users (id, email, email_key, name, locale)"
                " values (:id, :email, :email, 'Ayşe', 'tr')"
            ),
            {"id": user_id, "email": f"{user_id}@example.test"},
        )
    return user_id


class TestDestroyed:
    def test_one_that_was_just_read_opens_nothing_more(self) -> None:
        row_id = add_row()
        assert read(row_id) == PLAIN
        with transaction() as session:
            vault.shred(session, workspace_of(row_id))
        with pytest.raises(SecretLost):
            read(row_id)

    def test_by_another_process_it_is_forgotten_within_a_minute(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row_id = add_row()
        assert read(row_id) == PLAIN
        with transaction() as session:
            session.execute(delete(DataKey))
        assert read(row_id) == PLAIN
        monkeypatch.setattr(recent, "SECONDS", -1.0)
        with pytest.raises(SecretLost):
            read(row_id)

    def test_what_is_sealed_afterwards_gets_a_new_one(self) -> None:
        row_id = add_row()
        assert read(row_id) == PLAIN
        with transaction() as session:
            session.execute(delete(DataKey))
            TOKENS.write(session, session.get_one(GitHubConnection, row_id), SecretStr("neu"))
        recent.forget(workspace_of(row_id))
        assert read(row_id) == "neu"


def test_one_that_was_rolled_back_seals_nothing() -> None:
    row_id = add_row()
    workspace_id = workspace_of(row_id)
    with transaction() as session:
        session.execute(delete(DataKey))
    recent.forget(workspace_id)
    with pytest.raises(RuntimeError), transaction() as session:
        row = session.get_one(GitHubConnection, row_id)
        TOKENS.write(session, row, SecretStr("vergangen"))
        # Now it is remembered, though it never comes to be.
        assert TOKENS.read(session, row).get_secret_value() == "vergangen"
        raise RuntimeError
    with transaction() as session:
        TOKENS.write(session, session.get_one(GitHubConnection, row_id), SecretStr("bleibt"))
    recent.forget(workspace_id)
    assert read(row_id) == "bleibt"


def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST", 2)
    recent._kept.clear()
    rows = [add_row() for _ in range(4)]
    for row_id in rows:
        read(row_id)
    assert len(recent._kept) <= 2
    assert [read(row_id) for row_id in rows] == [PLAIN] * 4


class TestPersons:
    def test_a_persons_secrets_go_with_them(self) -> None:
        user_id = add_person()
        with transaction() as session:
            row = TotpSecret(user_id=user_id)
            TOTP_SECRET.write(session, row, SecretStr(PLAIN))
            session.add(row)
        with transaction() as session:
            session.execute(text("delete from users where id = :id"), {"id": user_id})
        with read_only() as session:
            assert session.query(DataKey).all() == []

    def test_a_key_has_one_owner(self) -> None:
        row_id, user_id = add_row(), add_person()
        both = {"workspace_id": workspace_of(row_id), "user_id": user_id}
        for owners in (both, {}):
            row = DataKey(id=new_id(), key_id="x", sealed_key=b"", **owners)
            with pytest.raises(IntegrityError, match="one_owner"), transaction() as session:
                session.add(row)

    def test_a_person_has_one_key_under_each_of_the_ring(self) -> None:
        user_id = add_person()
        with transaction() as session:
            first = data_keys.current_of(session, user_id, Owner.PERSON)
            assert data_keys.current_of(session, user_id, Owner.PERSON) == first
