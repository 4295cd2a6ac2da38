"""Row-level security: a query that forgets its workspace still shows no other workspace's rows.

The first person of an installation is its operator, whom no wall holds; so the tests have two more.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from flask import Flask, g
from sqlalchemy import Table, func, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from tests.factories.auth import SignedUp, as_browser, sign_up
from tests.factories.jobs import add_job, create_hook
from tests.factories.video import add_video
from tests.jobs import toys  # noqa: F401 - the hooks that are made here start its offer
from ultra.auth.audit import service as audit
from ultra.auth.public import identify
from ultra.kit import walls
from ultra.kit.db import Base, engine, read_only, transaction
from ultra.kit.documents import Document, documents
from ultra.kit.ids import new_id
from ultra.settings import REPOSITORY, settings
from ultra.video.videos.models import Video


class Note(Document):
    collection = "walls_notes"
    text: str


@pytest.fixture
def operator(app: Flask, stores: None) -> SignedUp:
    return sign_up(as_browser(app))


@pytest.fixture
def people(app: Flask, operator: SignedUp) -> tuple[SignedUp, SignedUp]:
    """Two strangers, each with rows in several tables."""
    found = []
    for _ in range(2):
        browser = as_browser(app)
        person = sign_up(browser)
        add_video(person)
        add_job(person.workspace_id)
        create_hook(browser)
        with transaction() as session:
            audit.record(session, "thing.done", workspace_id=person.workspace_id)
        if settings.mongodb_url is None:
            note = Note(id=new_id(), workspace_id=person.workspace_id, text="x")
            documents().insert(note)
        found.append(person)
    return found[0], found[1]


@pytest.fixture
def request_of(app: Flask) -> Iterator[Callable[[SignedUp], None]]:
    """Makes what follows a part of a request of that person."""
    contexts = []

    def begin(person: SignedUp) -> None:
        context = app.test_request_context("/api/anything")
        context.push()
        contexts.append(context)
        g.actor = identify(person.token)

    yield begin
    for context in reversed(contexts):
        context.pop()


def walled_tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if walls.rule_of(table)]


def count(table: Table | str, where: str = "true") -> int:
    name = table if isinstance(table, str) else table.name
    with read_only() as session:
        query = f"select count(*) from {name} where {where}"  # noqa: S608 - names of ours
        return int(session.scalar(text(query)) or 0)


def test_every_table_of_a_workspace_has_its_wall(database: None) -> None:
    with engine.connect() as connection:
        assert walls.can_become(connection)
        assert walls.missing(connection, Base.metadata) == []
        # Also tables that no model knows.
        unwalled = connection.scalars(
            text(
                "select table_name from information_schema.columns join pg_class "
                "on relname = table_name and relkind in ('r', 'p') "
                "where column_name = 'workspace_id' and table_schema = current_schema() "
                "and not relrowsecurity"
            )
        ).all()
    assert unwalled == []
    assert len(walled_tables()) >= 12


def test_a_query_without_a_workspace_sees_ones_own_rows_alone(
    people: tuple[SignedUp, SignedUp], request_of: Callable[[SignedUp], None]
) -> None:
    one, other = people
    everything = {table.name: count(table) for table in walled_tables()}
    request_of(one)
    seen = 0
    for table in walled_tables():
        column = table.info.get("workspace_column", "workspace_id")
        foreign = count(table, f"{column} = '{other.workspace_id}'")
        assert foreign == 0, table.name
        own = count(table, f"{column} = '{one.workspace_id}'")
        seen += own > 0
        if own:
            assert count(table) < everything[table.name], table.name
    assert seen >= 8


def test_a_write_reaches_ones_own_rows_alone(
    people: tuple[SignedUp, SignedUp], request_of: Callable[[SignedUp], None]
) -> None:
    one, other = people
    request_of(one)
    with transaction() as session:
        session.execute(text("update videos set title = 'mine'"))
        session.execute(text("delete from hooks"))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction() as session:
        session.execute(
            text("update videos set workspace_id = :other"), {"other": other.workspace_id}
        )
    with pytest.raises(ProgrammingError, match="row-level security"):
        add_video(other)
    with read_only(across_workspaces=True) as session:
        titles = dict(session.execute(select(Video.workspace_id, Video.title)).all())  # type: ignore[arg-type]
        hooks = session.scalar(text("select count(*) from hooks"))
    assert titles == {one.workspace_id: "mine", other.workspace_id: "Tatil"}
    assert hooks == 1


def test_a_request_cannot_write_the_audit_log_itself(
    people: tuple[SignedUp, SignedUp], request_of: Callable[[SignedUp], None]
) -> None:
    one, _ = people
    request_of(one)
    for statement in (
        "insert into audit_log select * from audit_log",
        "delete from audit_log",
        "update audit_chains set position = 0",
        "truncate audit_log",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), transaction() as session:
            session.execute(text(statement))
    # The product does, in the same transaction.
    with transaction() as session:
        audit.record(session, "thing.done")
    with read_only() as session:
        assert audit.verify(session, one.workspace_id).entries >= 2


def test_documents_are_walled_too(
    people: tuple[SignedUp, SignedUp], request_of: Callable[[SignedUp], None]
) -> None:
    if settings.mongodb_url is not None:
        pytest.skip("documents are in MongoDB")
    one, other = people
    request_of(one)
    assert len(documents().find(Note, one.workspace_id, {})) == 1
    assert documents().find(Note, other.workspace_id, {}) == []


def test_the_wall_falls_with_the_transaction(
    people: tuple[SignedUp, SignedUp], request_of: Callable[[SignedUp], None]
) -> None:
    """The connection goes back to the pool, and its next user is somebody else."""
    one, _ = people
    state = text("select current_user::text, current_setting('app.workspace_id', true)")
    for ends_badly in (False, True):
        request_of(one)
        try:
            with transaction() as session:
                assert session.execute(state).one() == (walls.ROLE, str(one.workspace_id))
                if ends_badly:
                    session.execute(text("select 1 / 0"))
        except DBAPIError:
            assert ends_badly
        with read_only(across_workspaces=True) as session:
            user, workspace = session.execute(state).one()
        assert user != walls.ROLE
        assert not workspace


def test_a_savepoint_stays_inside(
    people: tuple[SignedUp, SignedUp], request_of: Callable[[SignedUp], None]
) -> None:
    one, _ = people
    request_of(one)
    with transaction() as session:
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(text("select 1 / 0"))
        assert session.scalar(text("select current_user::text")) == walls.ROLE


def test_an_operator_a_worker_and_a_stranger_are_not_held(
    operator: SignedUp,
    people: tuple[SignedUp, SignedUp],
    request_of: Callable[[SignedUp], None],
    app: Flask,
) -> None:
    query = select(func.count()).select_from(Video)
    with read_only() as session:
        assert session.scalar(query) == 2
    with app.test_request_context("/"), read_only() as session:
        assert session.scalar(query) == 2
    request_of(operator)
    with read_only() as session:
        assert session.scalar(query) == 2


def test_without_the_role_the_product_says_so_and_goes_on(
    people: tuple[SignedUp, SignedUp],
    request_of: Callable[[SignedUp], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on a managed PostgreSQL whose administrator has not made it."""
    monkeypatch.setattr(walls, "ROLE", "ultra_nobody_made_this")
    monkeypatch.setattr("ultra.kit.db._walls_stand", [])
    with engine.connect() as connection:
        assert not walls.can_become(connection)
    request_of(people[0])
    with read_only() as session:
        assert session.scalar(select(func.count()).select_from(Video)) == 2


class TestOnAManagedPostgres:
    """Where the product's role owns its database, is no superuser and may make no roles."""

    @pytest.fixture
    def managed(self, database: None) -> Iterator[tuple[str, Any]]:
        name = f"ultra_managed_{new_id().hex[-8:]}"
        address = f"host={settings.run_dir} user=postgres"
        with psycopg.connect(f"{address} dbname=postgres", autocommit=True) as admin:
            admin.execute(f"create role {name} login")
            admin.execute(f"create database {name} owner {name}")
            yield name, admin
            admin.execute(f"drop database {name} with (force)")
            admin.execute(f"drop role {name}")

    def migrate(self, name: str) -> str:
        url = f"postgresql://{name}@/{name}?host={quote(str(settings.run_dir))}"
        done = subprocess.run(
            [sys.executable, "-m", "ultra.kit.migrate"],
            env={**os.environ, "ULTRA_DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def test_an_administrator_makes_the_role_and_the_rest_comes_by_itself(
        self, managed: tuple[str, Any]
    ) -> None:
        name, admin = managed
        said = self.migrate(name)
        assert "walls.not_built" in said
        assert "GRANT ultra_member TO" in said
        admin.execute(f"grant {walls.ROLE} to {name}")
        assert '"walls.built"' in self.migrate(name)
        # Again, with nothing left to do.
        assert "walls." not in self.migrate(name)
        address = f"host={settings.run_dir} user={name} dbname={name}"
        with psycopg.connect(address, autocommit=True) as ours:
            one, other = new_id(), new_id()
            for each in (one, other):
                ours.execute("insert into workspaces (id, name) values (%s, 'x')", (each,))
            with ours.transaction():
                for setting, value in (
                    ("role", walls.ROLE),
                    ("app.workspace_id", str(one)),
                    ("app.user_id", str(new_id())),
                ):
                    ours.execute("select set_config(%s, %s, true)", (setting, value))
                assert ours.execute("select id from workspaces").fetchall() == [(one,)]
            assert ours.execute("select count(*) from workspaces").fetchone() == (2,)


def test_who_steps_over_the_wall_is_known() -> None:
    """A new file that works across workspaces is looked at by whoever changes this list."""
    sources = REPOSITORY / "backend" / "ultra"
    found = {
        str(path.relative_to(sources))
        for path in sources.rglob("*.py")
        if "across_workspaces=True" in path.read_text()
    }
    assert found == {"auth/members/routes.py", "auth/invitations/routes.py"}
