"""The second wall between workspaces: PostgreSQL itself shows a request its own workspace's rows.

The first wall is that every query names the workspace. Should one forget it, row-level security
holds: in a request of a signed-in person each transaction becomes the role `ultra_member`, which
has no rights but those of the policies here. Workers, the dispatcher, requests of nobody and those
of operators act as the role that the product connects with, which owns the tables and passes.

`build` follows each upgrade, so a table that is added with a workspace_id is walled by itself. What
a managed PostgreSQL needs for it stands in docs/decisions/0026-walls-between-workspaces.md.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import Connection, MetaData, Table, text
from sqlalchemy.exc import DBAPIError

from ultra.kit.access import Actor, Scope
from ultra.kit.log import get_logger

log = get_logger()

ROLE: Final = "ultra_member"
POLICY: Final = "ultra_wall"
MISSING: Final = (
    "the role ultra_member cannot be used, so PostgreSQL does not check workspaces a second time"
)
ADVICE: Final = "As an administrator: CREATE ROLE ultra_member; GRANT ultra_member TO <our role>."

_WORKSPACE = "(select nullif(current_setting('app.workspace_id', true), '')::uuid)"
_PERSON = "(select nullif(current_setting('app.user_id', true), '')::uuid)"
# Sent as it stands: a statement put together by SQLAlchemy costs twice as much, in each request.
_ENTER = (
    f"select set_config('role', '{ROLE}', true),"
    " set_config('app.workspace_id', %s, true), set_config('app.user_id', %s, true)"
)
_CAN_BECOME = text(
    """
    select coalesce((
      select (select rolsuper from pg_roles where rolname = current_user)
          or pg_has_role(current_user, oid,
               case when current_setting('server_version_num')::int >= 160000
                    then 'SET' else 'MEMBER' end)
      from pg_roles where rolname = :role
    ), false)
    """
)
_STATE = text(
    """
    select pg_class.relrowsecurity, obj_description(pg_policy.oid, 'pg_policy') as rule
    from pg_class
    left join pg_policy on pg_policy.polrelid = pg_class.oid and pg_policy.polname = :policy
    where pg_class.oid = to_regclass(:table)
    """
)
_LACKS_GRANT = text("select not has_table_privilege(:role, to_regclass(:table), :rights)")


@dataclass(frozen=True)
class Wall:
    """What a transaction is held to."""

    workspace_id: UUID
    user_id: UUID


def current() -> Wall | None:
    """The wall of whatever is happening now; None where there is none."""
    actor = g.get("actor") if has_request_context() else None
    if not isinstance(actor, Actor) or Scope.OPERATE in actor.scopes:
        return None
    return Wall(actor.workspace_id, actor.user_id)


def enter(connection: Connection, wall: Wall) -> None:
    """Hold the transaction that has just begun to this wall; its end takes it away again."""
    connection.exec_driver_sql(_ENTER, (str(wall.workspace_id), str(wall.user_id)))


def can_become(connection: Connection) -> bool:
    """Whether the role that we connect with may become the walled one."""
    return bool(connection.scalar(_CAN_BECOME, {"role": ROLE}))


def rule_of(table: Table) -> str | None:
    """Which rows a request may see and write, as SQL; None for a table that has no workspace.

    A row that names a person is theirs as well, wherever they are at the moment. One without any
    workspace, where there can be such, is the product's own.
    """
    name = table.info.get("workspace_column", "workspace_id")
    if name not in table.c:
        return None
    if "wall" in table.info:
        return str(table.info["wall"]).format(workspace=_WORKSPACE, person=_PERSON)
    own = f"{name} = {_WORKSPACE}"
    if "user_id" in table.c:
        return f"{own} or user_id = {_PERSON}"
    return f"{name} is null or {own}" if table.c[name].nullable else own


def rights_of(table: Table) -> str:
    """What the walled role may do to a table at all."""
    return str(table.info.get("rights", "select, insert, update, delete"))


def build(connection: Connection, metadata: MetaData) -> None:
    """Make the role, its rights and every policy that is missing. Changes nothing that stands."""
    if not _make_role(connection):
        log.warning("walls.not_built", reason=MISSING, advice=ADVICE)
        return
    schema = connection.scalar(text("select current_schema()"))
    _run(connection, f'grant usage on schema "{schema}" to {ROLE}')
    for table in metadata.sorted_tables:
        names: dict[str, Any] = {"table": table.name}
        state = connection.execute(_STATE, {"policy": POLICY, **names}).one_or_none()
        if state is None:
            continue
        rights = {"role": ROLE, "rights": rights_of(table), **names}
        if any(
            connection.scalar(_LACKS_GRANT, {**rights, "rights": right.strip()})
            for right in rights_of(table).split(",")
        ):
            _run(connection, f'grant {rights_of(table)} on "{table.name}" to {ROLE}')
        rule = rule_of(table)
        if rule is not None and (not state.relrowsecurity or state.rule != rule):
            _wall(connection, table.name, rule)
            log.info("walls.built", table=table.name)


def missing(connection: Connection, metadata: MetaData) -> list[str]:
    """The tables that should have a policy and have none."""
    found = []
    for table in metadata.sorted_tables:
        rule = rule_of(table)
        values = {"policy": POLICY, "table": table.name}
        state = connection.execute(_STATE, values).one_or_none()
        if rule and state and not (state.relrowsecurity and state.rule == rule):
            found.append(table.name)
    return found


def _make_role(connection: Connection) -> bool:
    """Whether there is such a role, and we may become it."""
    if can_become(connection):
        return True
    exists = text("select exists(select from pg_roles where rolname = :role)")
    steps = [] if connection.scalar(exists, {"role": ROLE}) else [f"create role {ROLE} nologin"]
    for step in (*steps, f"grant {ROLE} to current_user"):
        try:
            with connection.begin_nested():
                _run(connection, step)
        except DBAPIError as error:
            # Roles belong to the whole server: another database's product may have been faster.
            log.info("walls.role_not_made", reason=str(error.orig)[:200])
    return can_become(connection)


def _wall(connection: Connection, table: str, rule: str) -> None:
    _run(connection, f'alter table "{table}" enable row level security')
    _run(connection, f'drop policy if exists {POLICY} on "{table}"')
    _run(
        connection,
        f'create policy {POLICY} on "{table}" to {ROLE} using ({rule}) with check ({rule})',
    )
    # PostgreSQL writes a policy's text in its own way; this is how we know ours again.
    quoted = rule.replace("'", "''")
    _run(connection, f"comment on policy {POLICY} on \"{table}\" is '{quoted}'")


def _run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement.replace(":", "\\:")))
