"""What is sealed opens in its place alone; keys change while the rows stay readable."""

from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from prometheus_client import generate_latest
from pydantic import SecretStr, ValidationError
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from ultra.kit import vault
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.vault import SecretLost, data_keys, rotation
from ultra.kit.vault.key_ring import FROM_SECRET
from ultra.kit.vault.metrics import REGISTRY
from ultra.kit.vault.models import DataKey
from ultra.kit.vault.tasks import seal_again
from ultra.projects.connections.models import TOKENS, GitHubConnection
from ultra.projects.connections.states import ConnectionState
from ultra.settings import Secrets, settings

PLAIN = "ghu_not-to-be-seen-anywhere"
OLD, NEW = (b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.fixture(autouse=True)
def _stores(stores: None) -> None:
    pass


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Secrets]:
    secrets = Secrets(keys={"old": SecretStr(OLD), "new": SecretStr(NEW)}, current="old")
    monkeypatch.setattr(settings, "secrets", secrets)
    return secrets


def add_workspace(session: Session) -> UUID:
    workspace_id = new_id()
    session.execute(
        text("insert into workspaces (id, name) values (:id, 'W')"), {"id": workspace_id}
    )
    return workspace_id


def add_row(plain: str = PLAIN) -> UUID:
    """A row of a real table with a secret, in a workspace of its own."""
    with transaction() as session:
        row = GitHubConnection(
            id=new_id(),
            workspace_id=add_workspace(session),
            state=ConnectionState.CONNECTED,
            account_id="1",
            login="deniz",
        )
        TOKENS.write(session, row, SecretStr(plain))
        session.add(row)
    return row.id


def read(row_id: UUID) -> str:
    with read_only() as session:
        row = session.get_one(GitHubConnection, row_id)
        return TOKENS.read(session, row).get_secret_value()


def sealed(row_id: UUID) -> bytes:
    with read_only() as session:
        return session.get_one(GitHubConnection, row_id).sealed_tokens


def put(row_id: UUID, record: bytes) -> None:
    with transaction() as session:
        session.execute(
            update(GitHubConnection)
            .where(GitHubConnection.id == row_id)
            .values(sealed_tokens=record)
        )


def key_of(row_id: UUID) -> str:
    with read_only() as session:
        data_key = session.get_one(DataKey, UUID(bytes=sealed(row_id)[1:17]))
        return data_key.key_id


class TestSealing:
    def test_what_goes_in_comes_out(self) -> None:
        assert read(add_row("şifre ✓")) == "şifre ✓"

    def test_the_plain_text_is_not_in_the_row(self) -> None:
        assert PLAIN.encode() not in sealed(add_row())

    def test_the_same_text_never_looks_the_same(self) -> None:
        row_id = add_row()
        before = sealed(row_id)
        with transaction() as session:
            TOKENS.write(session, session.get_one(GitHubConnection, row_id), SecretStr(PLAIN))
        assert sealed(row_id)[17:] != before[17:]

    def test_it_does_not_show_itself(self) -> None:
        row_id = add_row()
        with read_only() as session:
            secret = TOKENS.read(session, session.get_one(GitHubConnection, row_id))
        assert PLAIN not in f"{secret} {secret!r} {[secret]}"

    def test_a_row_without_an_id_is_refused(self) -> None:
        with transaction() as session:
            row = GitHubConnection(workspace_id=new_id())
            with pytest.raises(ValueError, match="id"):
                TOKENS.write(session, row, SecretStr(PLAIN))

    def test_each_workspace_has_a_key_of_its_own(self) -> None:
        first, second = add_row(), add_row()
        assert sealed(first)[1:17] != sealed(second)[1:17]

    def test_many_first_secrets_at_once_make_one_key(self) -> None:
        with transaction() as session:
            workspace_id = add_workspace(session)

        def ask(_: int) -> UUID:
            with transaction() as session:
                return data_keys.current_of(session, workspace_id).id

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(ask, range(24)))) == 1


class TestPlace:
    """Moved, exchanged or cut, it does not open."""

    def test_in_another_row_of_the_same_workspace(self) -> None:
        row_id = add_row()
        record = sealed(row_id)
        with transaction() as session:
            row = session.get_one(GitHubConnection, row_id)
            session.expunge(row)
            other = GitHubConnection(
                id=new_id(), workspace_id=row.workspace_id, sealed_tokens=record
            )
            with pytest.raises(SecretLost, match="in this place"):
                TOKENS.read(session, other)

    def test_in_another_workspace(self) -> None:
        first, second = add_row(), add_row()
        put(second, sealed(first))
        with pytest.raises(SecretLost, match="no data key"):
            read(second)

    def test_with_the_data_key_of_another_workspace(self) -> None:
        """Also when whoever moves it moves the key's row as well."""
        first, second = add_row(), add_row()
        with read_only() as session:
            target = session.get_one(GitHubConnection, second).workspace_id
        with transaction() as session:
            session.execute(delete(DataKey).where(DataKey.workspace_id == target))
            session.execute(
                update(DataKey)
                .where(DataKey.id == UUID(bytes=sealed(first)[1:17]))
                .values(workspace_id=target)
            )
        put(second, sealed(first))
        with pytest.raises(SecretLost):
            read(second)

    @pytest.mark.parametrize("position", [0, 3, 20, 40, -1])
    def test_with_one_bit_changed(self, position: int) -> None:
        row_id = add_row()
        record = bytearray(sealed(row_id))
        record[position] ^= 1
        put(row_id, bytes(record))
        with pytest.raises(SecretLost):
            read(row_id)

    @pytest.mark.parametrize("length", [0, 1, 17, 25, 40])
    def test_cut_off(self, length: int) -> None:
        row_id = add_row()
        put(row_id, sealed(row_id)[:length])
        with pytest.raises(SecretLost):
            read(row_id)


class TestKeyRing:
    def test_without_keys_one_comes_from_the_secret(self) -> None:
        assert key_of(add_row()) == FROM_SECRET

    def test_new_secrets_take_the_current_key_at_once(self, ring: Secrets) -> None:
        first = add_row()
        ring.current = "new"
        second = add_row()
        assert (key_of(first), key_of(second)) == ("old", "new")
        assert read(first) == read(second) == PLAIN

    def test_a_key_that_left_the_ring_is_named(self, ring: Secrets) -> None:
        row_id = add_row()
        ring.current = "new"
        del ring.keys["old"]
        with pytest.raises(SecretLost, match="old"):
            read(row_id)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"keys": {"k": "short"}},
            {"keys": {"k": b64encode(b"1" * 31).decode()}},
            {"keys": {"Big": OLD}},
            {"keys": {"secret-key": OLD}},
            {"keys": {"k": OLD}, "current": "other"},
        ],
    )
    def test_a_wrong_ring_is_refused_at_the_start(self, wrong: dict[str, object]) -> None:
        with pytest.raises(ValidationError):
            Secrets.model_validate(wrong)


class TestRotation:
    def counted(self) -> dict[str, int]:
        with read_only() as session:
            return rotation.rows_by_key(session)

    def test_brings_every_row_under_the_current_key(
        self, ring: Secrets, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rotation, "BATCH", 2)
        rows = [add_row(f"secret {number}") for number in range(5)]
        assert self.counted() == {"old": 5}
        ring.current = "new"
        assert self.counted() == {"old": 5, "new": 0}
        assert seal_again() == {"sealed": 5, "unreadable": 0}
        assert self.counted() == {"new": 5}
        del ring.keys["old"]
        assert [read(row_id) for row_id in rows] == [f"secret {number}" for number in range(5)]

    def test_changes_nothing_twice(self, ring: Secrets) -> None:
        row_id = add_row()
        ring.current = "new"
        seal_again()
        before = sealed(row_id)
        assert seal_again() == {"sealed": 0, "unreadable": 0}
        assert sealed(row_id) == before

    def test_comes_from_the_installations_secret_too(self, ring: Secrets) -> None:
        ring.current = None
        row_id = add_row()
        ring.current = "new"
        seal_again()
        assert key_of(row_id) == "new"
        assert read(row_id) == PLAIN

    def test_leaves_rows_alone_that_somebody_works_on(self, ring: Secrets) -> None:
        busy, free = add_row(), add_row()
        ring.current = "new"
        with transaction() as session:
            session.execute(
                select(GitHubConnection).where(GitHubConnection.id == busy).with_for_update()
            )
            assert seal_again()["sealed"] == 1
        assert (key_of(busy), key_of(free)) == ("old", "new")
        assert seal_again()["sealed"] == 1

    def test_goes_on_behind_what_cannot_be_read(
        self, ring: Secrets, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rotation, "BATCH", 1)
        broken, whole = add_row(), add_row()
        put(broken, sealed(broken)[:-1])
        ring.current = "new"
        assert seal_again() == {"sealed": 1, "unreadable": 1}
        assert read(whole) == PLAIN

    def test_a_column_is_registered_where_its_table_is(self) -> None:
        assert TOKENS in rotation.columns()


class TestShredding:
    def test_nothing_of_the_workspace_opens_any_more(self) -> None:
        row_id, other = add_row(), add_row()
        with transaction() as session:
            workspace_id = session.get_one(GitHubConnection, row_id).workspace_id
            assert vault.shred(session, workspace_id) == 1
        with pytest.raises(SecretLost, match="no data key"):
            read(row_id)
        assert read(other) == PLAIN

    def test_deleting_a_workspace_does_it_too(self) -> None:
        row_id = add_row()
        with transaction() as session:
            workspace_id = session.get_one(GitHubConnection, row_id).workspace_id
            session.execute(text("delete from workspaces where id = :id"), {"id": workspace_id})
        with read_only() as session:
            assert session.scalars(select(DataKey.id)).all() == []


class TestMetrics:
    def test_tells_the_rows_of_each_key(self, ring: Secrets) -> None:
        add_row()
        ring.current = "new"
        told = generate_latest(REGISTRY).decode()
        assert 'ultra_crypto_rows{key="old"} 1.0' in told
        assert 'ultra_crypto_rows{key="new"} 0.0' in told
