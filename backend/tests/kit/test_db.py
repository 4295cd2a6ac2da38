"""Transactions: all or nothing, and what follows only after the commit."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from ultra.kit.db import after_commit, read_only, transaction
from ultra.kit.outbox import OutboxMessage

pytestmark = pytest.mark.usefixtures("stores")


def topics() -> list[str]:
    with read_only() as session:
        return list(session.scalars(select(OutboxMessage.topic)))


class TestTransaction:
    def test_commits_at_the_end(self) -> None:
        with transaction() as session:
            session.add(OutboxMessage(carrier="broker", topic="kept", body={}))
        assert topics() == ["kept"]

    def test_rolls_back_on_any_exception(self) -> None:
        with pytest.raises(KeyboardInterrupt), transaction() as session:
            session.add(OutboxMessage(carrier="broker", topic="lost", body={}))
            session.flush()
            raise KeyboardInterrupt
        assert topics() == []

    def test_speaks_utc(self) -> None:
        with transaction() as session:
            assert session.scalar(text("show timezone")) == "UTC"


class TestAfterCommit:
    def test_runs_once_the_rows_are_visible_to_others(self) -> None:
        seen: list[list[str]] = []
        with transaction() as session:
            session.add(OutboxMessage(carrier="broker", topic="kept", body={}))
            after_commit(session, lambda: seen.append(topics()))
            assert seen == []
        assert seen == [["kept"]]

    def test_is_forgotten_on_rollback(self) -> None:
        seen: list[str] = []
        with pytest.raises(ValueError), transaction() as session:
            after_commit(session, lambda: seen.append("ran"))
            raise ValueError
        assert seen == []

    def test_keeps_the_order(self) -> None:
        seen: list[int] = []
        with transaction() as session:
            after_commit(session, lambda: seen.append(1))
            after_commit(session, lambda: seen.append(2))
        assert seen == [1, 2]


class TestReadOnly:
    def test_refuses_to_write(self) -> None:
        with pytest.raises(DBAPIError, match="read-only"), read_only() as session:
            session.add(OutboxMessage(carrier="broker", topic="refused", body={}))
            session.flush()

    def test_leaves_the_connection_writable_for_the_next(self) -> None:
        with read_only() as session:
            session.execute(text("select 1"))
        with transaction() as session:
            session.add(OutboxMessage(carrier="broker", topic="kept", body={}))
        assert topics() == ["kept"]
