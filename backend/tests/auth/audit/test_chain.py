"""The log only grows, and whoever changes it behind the product's back is found out."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ultra.auth.audit import repository
from ultra.auth.audit import service as audit
from ultra.auth.audit.models import INSTALLATION, Chain, Entry
from ultra.auth.audit.outcomes import Outcome
from ultra.kit import clock
from ultra.kit.db import engine, read_only, transaction
from ultra.kit.ids import new_id
from ultra.settings import settings


def write(workspace_id: UUID | None, action: str = "thing.done", **facts: object) -> None:
    with transaction() as session:
        audit.record(session, action, workspace_id=workspace_id, facts=facts)


def entries(chain: UUID) -> list[Entry]:
    with read_only() as session:
        query = select(Entry).where(Entry.chain == chain).order_by(Entry.position)
        return list(session.scalars(query))


def verify(chain: UUID) -> audit.Verdict:
    with read_only() as session:
        return audit.verify(session, chain)


def by_force(statement: str, **values: object) -> None:
    """As somebody who owns the database could."""
    with engine.begin() as connection:
        connection.execute(text("set local session_replication_role = 'replica'"))
        connection.execute(text(statement), values)


@pytest.fixture
def workspace(stores: None) -> UUID:
    return new_id()


class TestWriting:
    def test_entries_are_numbered_and_chained(self, workspace: UUID) -> None:
        for number in range(3):
            write(workspace, number=number)
        found = entries(workspace)
        assert [entry.position for entry in found] == [1, 2, 3]
        assert found[0].previous_hash == b""
        assert found[2].previous_hash == found[1].hash
        assert [entry.facts for entry in found] == [{"number": 0}, {"number": 1}, {"number": 2}]
        assert verify(workspace).is_whole

    def test_two_workspaces_have_two_chains(self, workspace: UUID) -> None:
        other = new_id()
        with transaction() as session:
            audit.record(session, "thing.done", workspace_id=workspace)
            audit.record(session, "thing.done", workspace_id=other)
            audit.record(session, "thing.done", workspace_id=workspace)
            audit.record(session, "thing.done")
        lengths = [len(entries(chain)) for chain in (workspace, other, INSTALLATION)]
        assert lengths == [2, 1, 1]
        assert all(verify(chain).is_whole for chain in (workspace, other, INSTALLATION))

    def test_what_is_rolled_back_did_not_happen(self, workspace: UUID) -> None:
        with pytest.raises(RuntimeError), transaction() as session:
            audit.record(session, "thing.done", workspace_id=workspace)
            raise RuntimeError
        assert entries(workspace) == []
        assert verify(workspace).entries == 0

    def test_many_at_once_leave_no_gap(self, workspace: UUID) -> None:
        def work() -> None:
            for _ in range(5):
                write(workspace)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        found = entries(workspace)
        assert [entry.position for entry in found] == list(range(1, 41))
        assert [entry.at for entry in found] == sorted(entry.at for entry in found)
        assert verify(workspace).is_whole

    def test_secrets_are_masked_and_odd_values_come_back_as_they_went_in(
        self, workspace: UUID
    ) -> None:
        moment = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
        write(
            workspace,
            new_password="hunter2",
            nested={"refresh_token": "hunter2", "deep": [{"cookie": "hunter2"}]},
            moment=moment,
            share=0.1,
            text="NUL \0, surrogate \ud800, İstanbul",
            role=Outcome.OK,
        )
        [entry] = entries(workspace)
        assert "hunter2" not in str(entry.facts)
        assert entry.facts["moment"] == "2026-11-23T12:00:00.000000+00:00"
        assert entry.facts["role"] == "ok"
        assert entry.facts["text"].endswith("İstanbul")
        assert verify(workspace).is_whole


class TestTheTableRefuses:
    @pytest.mark.parametrize(
        "statement",
        [
            "update audit_log set action = 'nothing.done'",
            "update audit_log set facts = '{}' where position = 1",
            "delete from audit_log",
            "truncate audit_log",
            "insert into audit_log table audit_log on conflict (id) do update set ip = null",
        ],
    )
    def test_every_change(self, workspace: UUID, statement: str) -> None:
        write(workspace)
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(text(statement))
        assert [entry.action for entry in entries(workspace)] == ["thing.done"]


class TestVerifying:
    @pytest.mark.parametrize(
        ("statement", "broken_at"),
        [
            ("update audit_log set action = 'nothing.done' where position = 3", 3),
            ("update audit_log set facts = '{\"number\": 9}' where position = 3", 3),
            ("update audit_log set user_id = gen_random_uuid() where position = 2", 2),
            ("update audit_log set outcome = 'refused' where position = 5", 5),
            ("update audit_log set at = at + interval '1 microsecond' where position = 1", 1),
            ("update audit_log set hash = previous_hash where position = 4", 4),
            ("delete from audit_log where position = 3", 3),
            ("delete from audit_log where position = 1", 1),
            ("delete from audit_log where position = 5", 5),
            ("delete from audit_log", 1),
        ],
    )
    def test_finds_the_place(self, workspace: UUID, statement: str, broken_at: int) -> None:
        for number in range(5):
            write(workspace, number=number)
        assert verify(workspace).is_whole
        by_force(statement)
        verdict = verify(workspace)
        assert (verdict.is_whole, verdict.broken_at) == (False, broken_at)

    def test_a_swapped_pair_is_found(self, workspace: UUID) -> None:
        for number in range(4):
            write(workspace, number=number)
        by_force("update audit_log set position = -position where position in (2, 3)")
        by_force("update audit_log set position = 5 + position where position < 0")
        assert verify(workspace).broken_at == 2

    def test_a_log_of_several_batches(self, workspace: UUID) -> None:
        with transaction() as session:
            for number in range(2100):
                audit.record(session, "thing.done", workspace_id=workspace, facts={"n": number})
        verdict = verify(workspace)
        assert (verdict.entries, verdict.is_whole) == (2100, True)
        by_force("update audit_log set facts = '{}' where position = 2050")
        assert verify(workspace).broken_at == 2050


class TestForgetting:
    def test_the_old_go_and_the_rest_is_still_a_chain(self, workspace: UUID) -> None:
        old = datetime.now(UTC) - timedelta(days=settings.auth.audit_keep_days + 1)
        for number in range(3):
            write(workspace, number=number)
        # As written so long ago: the whole chain is made anew with that time.
        found = entries(workspace)
        previous = b""
        for entry in found:
            entry.at = old
            new = audit.hash_of(entry, previous)
            by_force(
                "update audit_log set at = :at, previous_hash = :previous, hash = :hash "
                "where id = :id",
                at=old,
                previous=previous,
                hash=new,
                id=entry.id,
            )
            previous = new
        by_force("update audit_chains set hash = :hash", hash=previous)
        write(workspace, number=3)
        assert verify(workspace).entries == 4
        with transaction() as session:
            assert audit.forget_old(session, workspace) == 3
        kept = entries(workspace)
        assert [entry.action for entry in kept] == ["thing.done", "audit.shortened"]
        assert kept[1].facts["entries"] == 3
        assert verify(workspace).is_whole
        assert verify(workspace).entries == 2

    def test_it_opens_the_table_for_nothing_else(self, workspace: UUID) -> None:
        write(workspace)
        with transaction() as session:
            audit.forget_old(session, workspace)
            with pytest.raises(DBAPIError), session.begin_nested():
                session.execute(text("delete from audit_log"))
        with read_only() as session:
            assert session.get(Chain, workspace) is not None

    def test_it_is_no_break_for_somebody_who_verifies_meanwhile(
        self, workspace: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Both are jobs of every day, and may run at the same time."""
        for number in range(3):
            write(workspace, number=number)
        find_chain = repository.find_chain

        def find_and_be_overtaken(session: Session, chain: UUID) -> Chain | None:
            found = find_chain(session, chain)
            with transaction() as other:
                assert repository.remove_before(other, chain, clock.now()) == 3
            write(workspace)
            return found

        with monkeypatch.context() as slow:
            slow.setattr(repository, "find_chain", find_and_be_overtaken)
            verdict = verify(workspace)
        assert (verdict.is_whole, verdict.entries) == (True, 3)
        assert (verify(workspace).is_whole, verify(workspace).entries) == (True, 1)


def test_verifying_sees_one_moment_or_says_so(workspace: UUID) -> None:
    """In a session that has read before, PostgreSQL would show it two of them."""
    with read_only() as session:
        session.execute(text("select 1"))
        with pytest.raises(RuntimeError, match="another moment"):
            audit.verify(session, workspace)
