"""The second wall between workspaces: PostgreSQL itself shows a request its own workspace's rows.

The first wall is that every query names the workspace. Should one forget it, row-level security
holds: in a request of a signed-in person each transaction becomes the role `ultra_member`, which
has no rights but those that are built here. Workers, the dispatcher, requests of nobody and those
of operators act as the role that the product connects with, which owns the tables and passes.

A table with a workspace_id or a user_id is walled by itself: a request reads and writes the rows of
its workspace and those of its person. Where that is not right, the model's `info` says so:

    wall       which rows a request may read and write, in SQL with {workspace} and {person}; a row
               that hangs on another one asks whether that can be seen: its own wall holds in there
    sees       rows that it may read besides
    adds       rows that it may add besides
    rights     what it may do at all, for updates with the columns; everything where nothing is said
    unwalled   why rights are given without a wall

A table of which neither its columns nor its model say whose its rows are can be used by no request.

`build` follows each upgrade and makes of what stands what should. What a managed PostgreSQL needs
for it stands in docs/decisions/0026-walls-between-workspaces.md.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import Connection, MetaData, Table, text
from sqlalchemy.exc import DBAPIError

from ultra.kit.access import Actor, Scope
from ultra.kit.log import get_logger

log = get_logger()

ROLE: Final = "ultra_member"
POLICIES: Final = {
    "ultra_wall": ("wall", "for all", "using ({rule}) with check ({rule})"),
    "ultra_sees": ("sees", "for select", "using ({rule})"),
    "ultra_adds": ("adds", "for insert", "with check ({rule})"),
}
"""Of each policy the key in a model's info, and how it is made."""
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
_STANDS = text("select relrowsecurity from pg_class where oid = to_regclass(:table)")
_POLICIES = text(
    """
    select polname as policy, coalesce(obj_description(oid, 'pg_policy'), '') as rule
    from pg_policy
    where polrelid = to_regclass(:table) and polname = any(:names)
    """
)
_RIGHTS = text(
    """
    select lower(given.privilege_type) as "right", pg_attribute.attname as "column"
    from pg_attribute cross join aclexplode(attacl) as given
    where attrelid = to_regclass(:table) and given.grantee = to_regrole(:role)
    union all
    select lower(given.privilege_type), null
    from pg_class cross join aclexplode(relacl) as given
    where pg_class.oid = to_regclass(:table) and given.grantee = to_regrole(:role)
    """
)
_ONE_RIGHT = re.compile(r"([a-z]+)(?: \(([^)]*)\))?")


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


def rules_of(table: Table) -> dict[str, str]:
    """Of each policy that the table is to have the rows that it lets through, as SQL."""
    own = " or ".join(
        f"{column} = {value}"
        for column, value in (("workspace_id", _WORKSPACE), ("user_id", _PERSON))
        if column in table.c
    )
    wanted = {"wall": own, **table.info}
    return {
        policy: str(wanted[key]).format(workspace=_WORKSPACE, person=_PERSON)
        for policy, (key, _, _) in POLICIES.items()
        if wanted.get(key) and "unwalled" not in table.info
    }


def rights_of(table: Table) -> str:
    """What the walled role may do to a table at all: nothing where nobody says whose it is."""
    whole = "select, insert, update, delete"
    return str(table.info.get("rights", whole if rules_of(table) else ""))


def build(connection: Connection, metadata: MetaData) -> None:
    """Make the role, its rights and every policy what they should be. Leaves alone what is so."""
    if not _make_role(connection):
        log.warning("walls.not_built", reason=MISSING, advice=ADVICE)
        return
    schema = connection.scalar(text("select current_schema()"))
    _run(connection, f'grant usage on schema "{schema}" to {ROLE}')
    for table in _standing(connection, metadata):
        if not _is_as_it_should_be(connection, table):
            _wall(connection, table)
            log.info("walls.built", table=table.name, rights=rights_of(table))


def missing(connection: Connection, metadata: MetaData) -> list[str]:
    """The tables whose policies or rights are not what they should be."""
    return [
        table.name
        for table in _standing(connection, metadata)
        if not _is_as_it_should_be(connection, table)
    ]


def _standing(connection: Connection, metadata: MetaData) -> list[Table]:
    """The tables that this database has."""
    return [
        table
        for table in metadata.sorted_tables
        if connection.scalar(_STANDS, {"table": table.name}) is not None
    ]


def _is_as_it_should_be(connection: Connection, table: Table) -> bool:
    return _is_walled(connection, table) and _has_its_rights(connection, table)


def _is_walled(connection: Connection, table: Table) -> bool:
    rules = rules_of(table)
    names = {"table": table.name, "names": list(POLICIES)}
    stands = connection.scalar(_STANDS, {"table": table.name})
    # PostgreSQL writes a policy's text in its own way; its comment is how we know ours again.
    found = {row.policy: row.rule for row in connection.execute(_POLICIES, names)}
    return found == rules and (bool(stands) or not rules)


def _has_its_rights(connection: Connection, table: Table) -> bool:
    wanted = {
        (right, column)
        for right, columns in _ONE_RIGHT.findall(rights_of(table))
        for column in (columns.split(", ") if columns else [None])
    }
    names = {"table": table.name, "role": ROLE}
    found = connection.execute(_RIGHTS, names)
    return {(row.right, row.column) for row in found} == wanted


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


def _wall(connection: Connection, table: Table) -> None:
    rules = rules_of(table)
    if rules:
        _run(connection, f'alter table "{table.name}" enable row level security')
    for policy, (_, command, body) in POLICIES.items():
        _run(connection, f'drop policy if exists {policy} on "{table.name}"')
        if policy not in rules:
            continue
        rule = rules[policy]
        _run(
            connection,
            f'create policy {policy} on "{table.name}" {command} to {ROLE} '
            f"{body.format(rule=rule)}",
        )
        quoted = rule.replace("'", "''")
        _run(connection, f"comment on policy {policy} on \"{table.name}\" is '{quoted}'")
    # What was given before may have been too much.
    _run(connection, f'revoke all on "{table.name}" from {ROLE}')
    if rights := rights_of(table):
        _run(connection, f'grant {rights} on "{table.name}" to {ROLE}')


def _run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement.replace(":", "\\:")))
