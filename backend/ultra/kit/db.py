"""PostgreSQL: the truth. One transaction per request or task step, opened where the work begins.

`transaction()` is the only thing that commits. What must happen after the commit, and only then, is
handed to `after_commit(session, …)`.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import DateTime, Enum, MetaData, create_engine, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    SessionTransaction,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.pool import ConnectionPoolEntry

from ultra.kit import walls
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.settings import settings

log = get_logger()

TRUSTED_SECONDS = 1.0
"""A connection that was used less than this ago is believed to live."""


class Base(DeclarativeBase):
    """All tables. Names of constraints are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        # Stored as their values in plain text: a new value needs no migration of a database type.
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=40,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


class HasId:
    """A primary key that says when the row was made."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class HasTimes:
    """When the row was made, by the database's clock."""

    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


def make_engine(url: str | None = None) -> Engine:
    """An engine whose sessions speak UTC and give up waiting instead of hanging.

    Who sleeps in the middle of a transaction for longer than a lease is frozen or gone: the rows
    that it holds must not keep its job from another worker.
    """
    idle_milliseconds = int(settings.jobs.lease_seconds * 1000)
    engine = create_engine(
        url or settings.postgres_url,
        pool_size=settings.database_pool,
        max_overflow=10,
        pool_timeout=10,
        connect_args={
            "connect_timeout": 5,
            "options": "-c timezone=UTC -c statement_timeout=60s"
            f" -c idle_in_transaction_session_timeout={idle_milliseconds}",
            # A connection that died silently (a failover, a forgetful router) must become an error.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 20_000,
        },
    )

    @event.listens_for(engine, "handle_error")
    def _log_lost_connections(context: Any) -> None:
        if context.is_disconnect:
            log.warning("database.connection_lost", error=type(context.original_exception).__name__)

    @event.listens_for(engine, "checkin")
    def _note_time(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ping_after_a_pause(connection: Any, record: ConnectionPoolEntry, _: Any) -> None:
        # pool_pre_ping asks each time, a third of what a short job costs. A restart of the
        # database takes longer than this pause, so no connection comes through one unasked.
        if time.monotonic() - record.info.get("idle_since", math.inf) > TRUSTED_SECONDS:
            try:
                engine.dialect.do_ping(connection)
            except psycopg.Error as error:
                raise DisconnectionError(str(error)) from error

    return engine


engine = make_engine()
_sessions = sessionmaker(engine, expire_on_commit=False)
_single = sessionmaker(
    engine.execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False
)
_readers = sessionmaker(engine.execution_options(postgresql_readonly=True), expire_on_commit=False)
ACROSS = "across_workspaces"
_walls_stand: list[bool] = []


@event.listens_for(Session, "after_begin")
def _enter_walls(session: Session, begun: SessionTransaction, connection: Connection) -> None:
    """Hold a request's transaction to its workspace, also where a query forgets to."""
    if begun.nested or session.info.get(ACROSS):
        return
    wall = walls.current()
    if wall is not None and _can_be_walled(connection):
        walls.enter(connection, wall)


def _can_be_walled(connection: Connection) -> bool:
    """Asked once for each process: roles do not change under a running one."""
    if not _walls_stand:
        _walls_stand.append(walls.can_become(connection))
        if not _walls_stand[0]:
            log.warning("walls.missing", reason=walls.MISSING, advice=walls.ADVICE)
    return _walls_stand[0]


def after_commit(session: Session, action: Callable[[], None]) -> None:
    """Run `action` once this session's transaction has committed; forget it on rollback.

    For what may be lost (live news, a wake-up call). What may not goes into the outbox.
    """
    session.info.setdefault("after_commit", []).append(action)


def before_commit(session: Session, action: Callable[[], None]) -> None:
    """Run `action` at the very end of this session's transaction, as a part of it.

    For what takes a lock that many wait for: so it is held for the shortest time.
    """
    session.info.setdefault("before_commit", []).append(action)


@contextmanager
def transaction(*, across_workspaces: bool = False) -> Iterator[Session]:
    """One unit of work: commits at the end, rolls back on any exception.

    `across_workspaces` is for the few things that concern more than the caller's present workspace,
    such as moving to another one: PostgreSQL does not check them a second time (see kit.walls).
    """
    with _sessions(info={ACROSS: across_workspaces}) as session:
        with session.begin():
            yield session
            for action in session.info.pop("before_commit", []):
                action()
        for action in session.info.pop("after_commit", []):
            action()


@contextmanager
def one_statement() -> Iterator[Session]:
    """For a unit of work that is a single statement, which commits by itself.

    It spares the messages of BEGIN and COMMIT, half of what such a transaction costs.
    """
    # A setting that lasts for a transaction would end before the statement; only workers use this.
    with _single(info={ACROSS: True}) as session:
        yield session


@contextmanager
def read_only(*, across_workspaces: bool = False) -> Iterator[Session]:
    """A session that cannot write; PostgreSQL itself refuses."""
    with _readers(info={ACROSS: across_workspaces}) as session:
        yield session
