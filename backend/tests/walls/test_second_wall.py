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
from tests.walls.world import Tenant, make_tenant
from ultra.auth.audit import service as audit
from ultra.auth.public import identify
from ultra.kit import walls
from ultra.kit.db import Base, engine, read_only, transaction
from ultra.kit.documents import Document, documents
from ultra.kit.ids import new_id
from ultra.kit.tasks import Job, enqueue
from ultra.settings import REPOSITORY, settings
from ultra.video.videos.models import Video


class Note(Document):
    collection = "walls_notes"
    text: str


# Which tables stand open to requests, and why; their models say the same.
UNWALLED = {
    "alembic_version": "of no model: nobody but migrations uses it",
    "outbox": "a request writes into it and never reads",
    "refresh_tokens": "used before anybody is signed in",
    "registrations": "of people who have no account yet",
    "signing_keys": "the whole installation's, used by no request's own work",
    "video_step_results": "read and written by workers alone",
}
# What requests may do where it is not everything.
RIGHTS = {
    "alembic_version": "",
    "api_keys": "select, insert, update",
    "audit_chains": "select",
    "audit_log": "select",
    "data_keys": "select, insert",
    "hook_calls": "select",
    "jobs": "select, insert, update",
    "memberships": "select",
    "notification_attempts": "select",
    "notification_deliveries": "select, insert, update (finished_at, job_id, state)",
    "notification_digests": "select, update",
    "one_time_tokens": "select, insert, update (used_at)",
    "outbox": "insert",
    "refresh_tokens": "",
    "registrations": "",
    "sessions": "select, update (authenticated_at, end_reason, ended_at, last_seen_at, methods)",
    "signing_keys": "",
    "users": "select, update (credential_epoch, email_verified_at, locale, name,"
    " password_changed_at, password_hash, theme)",
    "video_step_results": "",
    "workspaces": "select, update (name)",
}


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
    return [table for table in Base.metadata.sorted_tables if walls.rules_of(table)]


def count(table: Table | str, where: str = "true") -> int:
    name = table if isinstance(table, str) else table.name
    with read_only() as session:
        query = f"select count(*) from {name} where {where}"  # noqa: S608 - names of ours
        return int(session.scalar(text(query)) or 0)


def test_every_table_has_a_wall_or_a_reason(database: None) -> None:
    """What a request may do to a table is looked at by whoever adds one: it stands in a list."""
    rights = ["select", "insert", "update", "delete", "truncate", "references", "trigger"]
    with engine.connect() as connection:
        assert walls.can_become(connection)
        assert walls.missing(connection, Base.metadata) == []
        # Asked of PostgreSQL itself; also tables that no model knows.
        found = connection.execute(
            text(
                "select relname, relrowsecurity, array(select polname::text from pg_policy"
                " where polrelid = pg_class.oid and pg_policy.polroles = array[to_regrole(:role)"
                "::oid]), array(select each from unnest(cast(:rights as text[])) as each"
                " where has_table_privilege(:role, pg_class.oid, each)),"
                " array(select attname::text from pg_attribute where attrelid = pg_class.oid"
                " and attnum > 0 and not attisdropped"
                " and has_column_privilege(:role, attrelid, attnum, 'update'))"
                " from pg_class where relkind in ('r', 'p', 'v', 'm', 'f')"
                " and relnamespace = current_schema()::regnamespace"
            ),
            {"role": walls.ROLE, "rights": rights},
        ).all()
    wrong = {}
    for name, is_walled, policies, given, updatable in found:
        wanted = RIGHTS.get(name, "select, insert, update, delete")
        columns = sorted(updatable) if "update" not in given else []
        said = ", ".join(given + ([f"update ({', '.join(columns)})"] if columns else []))
        if said != wanted:
            wrong[name] = said
        is_open = not is_walled or "ultra_wall" not in policies
        if is_open != (name in UNWALLED):
            wrong[name] = "has no wall" if is_open else "has a wall"
    assert wrong == {}
    reasons = {
        table.name: table.info["unwalled"]
        for table in Base.metadata.sorted_tables
        if "unwalled" in table.info
    }
    assert {**reasons, "alembic_version": UNWALLED["alembic_version"]} == UNWALLED


def test_an_upgrade_takes_away_what_is_too_much(database: None) -> None:
    """As it stands where the product was built before rights were narrow."""
    with engine.connect() as connection:
        for statement in (
            "grant all on users, signing_keys to ultra_member",
            "grant update (deleted_at) on workspaces to ultra_member",
            "drop policy ultra_wall on hook_calls",
            "alter table hooks disable row level security",
            "drop policy ultra_sees on users",
            "create policy ultra_adds on videos for insert to ultra_member with check (true)",
        ):
            connection.execute(text(statement))
        assert set(walls.missing(connection, Base.metadata)) == {
            "hook_calls",
            "hooks",
            "signing_keys",
            "users",
            "videos",
            "workspaces",
        }
        walls.build(connection, Base.metadata)
        assert walls.missing(connection, Base.metadata) == []
        kept = text("select has_any_column_privilege('ultra_member', 'signing_keys', 'select')")
        assert connection.scalar(kept) is False
        # It is seen by nobody else, and gone when this connection is.
        connection.rollback()


@pytest.fixture
def tenants(app: Flask, operator: SignedUp) -> tuple[Tenant, Tenant]:
    """Two strangers with a row of everything."""
    found = make_tenant(app), make_tenant(app)
    for tenant in found:
        with transaction() as session:
            audit.record(session, "thing.done", workspace_id=tenant.person.workspace_id)
        if settings.mongodb_url is None:
            documents().insert(Note(id=new_id(), workspace_id=tenant.person.workspace_id, text="x"))
    return found


def test_a_query_without_a_workspace_sees_ones_own_rows_alone(
    tenants: tuple[Tenant, Tenant], request_of: Callable[[SignedUp], None]
) -> None:
    one, other = tenants
    everything = {table.name: count(table) for table in walled_tables()}
    request_of(one.person)
    seen = set()
    for table in walled_tables():
        for column, foreign in (
            ("workspace_id", other.person.workspace_id),
            ("user_id", other.person.user_id),
        ):
            if column in table.c:
                assert count(table, f"{column} = '{foreign}'") == 0, table.name
        if other_id := other.ids.get(table.name):
            assert count(table, f"id = '{other_id}'") == 0, table.name
        if own := count(table):
            assert own < everything[table.name], table.name
            seen.add(table.name)
    # MongoDB holds the documents where there is one.
    unseen = {table.name for table in walled_tables()} - seen - {"documents"}
    assert unseen == set(), "a wall that hides everything was not tried"


REFUSED = {
    "update users set is_operator = true": "permission denied",
    "update users set disabled_at = null, disabled_reason = null": "permission denied",
    "update users set email = 'a@b.test', email_key = 'a@b.test'": "permission denied",
    "delete from users": "permission denied",
    "insert into memberships (workspace_id, user_id, role)"
    " values (:foreign_workspace, :me, 'owner')": "permission denied",
    "update memberships set role = 'owner'": "permission denied",
    "delete from memberships": "permission denied",
    "insert into workspaces (id, name) values (:new, 'x')": "permission denied",
    "update workspaces set deleted_at = now()": "permission denied",
    "update workspaces set requires_second_factor = false": "permission denied",
    "update sessions set workspace_id = :foreign_workspace": "permission denied",
    "update sessions set absolute_expires_at = 'infinity'": "permission denied",
    "insert into sessions select * from sessions": "permission denied",
    "select sealed_private_key from signing_keys": "permission denied",
    "delete from signing_keys": "permission denied",
    "select digest from refresh_tokens": "permission denied",
    "insert into refresh_tokens (digest, session_id, generation) values ('x', :new, 1)":
        "permission denied",
    "select password_hash from registrations": "permission denied",
    "select body from outbox": "permission denied",
    "delete from outbox": "permission denied",
    "select result from video_step_results": "permission denied",
    "delete from data_keys": "permission denied",
    "update notification_deliveries set payload = '{}'": "permission denied",
    "update notification_attempts set excerpt = ''": "permission denied",
    "delete from hook_calls": "permission denied",
    "insert into notification_deliveries (id, event_key, kind, channel, target, message_id)"
    " values (:new, 'x', 'note', 'webhook', :foreign_endpoint, :new)": "row-level security",
    "insert into api_keys (id, workspace_id, user_id, name, public_id, digest, last_four, scopes,"
    " ip_allow, lifetime_days, expires_at) values (:new, :foreign_workspace, :stranger, '', '', '',"
    " '', '[]', '[]', 1, now())": "row-level security",
    "insert into one_time_tokens (digest, purpose, user_id, email, email_key, credential_epoch,"
    " expires_at) values ('x', 'reset_password', :stranger, '', '', 0, now())":
        "row-level security",
    "insert into jobs (id, name, args, queue, priority, workspace_id)"
    " values (:new, 'x', '[]', 'general', 'low', :foreign_workspace)": "row-level security",
    "update jobs set workspace_id = null": "row-level security",
}  # fmt: skip


def test_what_a_request_could_do_to_get_further_is_refused(
    tenants: tuple[Tenant, Tenant], request_of: Callable[[SignedUp], None]
) -> None:
    one, other = tenants
    values = {
        "me": one.person.user_id,
        "stranger": other.person.user_id,
        "foreign_workspace": other.person.workspace_id,
        "foreign_endpoint": other.ids["notification_endpoints"],
        "new": new_id(),
    }
    request_of(one.person)
    for statement, refusal in REFUSED.items():
        with pytest.raises(ProgrammingError, match=refusal), transaction() as session:
            session.execute(text(statement), values)
            pytest.fail(statement)


def test_what_a_request_may_change_it_changes_of_its_own(
    tenants: tuple[Tenant, Tenant], request_of: Callable[[SignedUp], None]
) -> None:
    """A colleague can be seen, and still nobody else's row is changed."""
    one, _ = tenants
    request_of(one.person)
    with transaction() as session:
        changed = {
            statement: session.execute(text(statement)).rowcount  # type: ignore[attr-defined]
            for statement in (
                "update users set name = 'x'",
                "update workspaces set name = 'x'",
                "update sessions set ended_at = now()",
                "update notifications set read_at = now()",
            )
        }
        session.rollback()
    assert list(changed.values()) == [1, 1, 2, 1]
    assert count("users", f"id = '{one.colleague.user_id}'") == 1
    assert count("sessions", f"user_id = '{one.colleague.user_id}'") == 0


def test_work_of_no_workspace_is_asked_for_and_not_seen_again(
    people: tuple[SignedUp, SignedUp], request_of: Callable[[SignedUp], None]
) -> None:
    one, _ = people
    add_job(None)
    request_of(one)
    with transaction() as session:
        job_id = enqueue(session, "tests.write_down", "x")
        assert job_id is not None
        assert session.get(Job, job_id) is not None
    assert count("jobs", "workspace_id is null") == 0
    with transaction() as session:
        held = session.execute(text("update jobs set state = 'paused' where workspace_id is null"))
        assert held.rowcount == 0  # type: ignore[attr-defined]


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
    assert found == {
        "auth/accounts/routes.py",
        "auth/audit/routes.py",
        "auth/invitations/routes.py",
        "auth/members/routes.py",
        "auth/sessions/signing_keys.py",
        "notifications/devices/routes.py",
    }
