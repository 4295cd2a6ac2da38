"""Two tenants with one row of everything; a table added later gets its row by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Boolean, Column, DateTime, Enum, Integer, LargeBinary, Table, Time, Uuid
from sqlalchemy.dialects.postgresql import JSONB, insert

from tests.factories.auth import SignedUp, as_browser, sign_up
from ultra.auth.sessions.service import Device, open_session
from ultra.auth.workspaces import repository as workspaces
from ultra.kit.db import Base, transaction
from ultra.kit.ids import new_id
from ultra.kit.roles import Role

# Made by signing up, or by no workspace at all.
NOT_FILLED = {
    "users",
    "workspaces",
    "memberships",
    "sessions",
    "refresh_tokens",
    "signing_keys",
    "one_time_tokens",
    "outbox",
    "audit_log",
    "audit_chains",
    "documents",
}
# Values that a column of this name needs, where its type does not say enough.
VALUES: dict[str, Any] = {
    "jobs.state": "waiting",
    "jobs.name": "tests.act",
    "jobs.queue": "general",
    "jobs.priority": "medium",
    "videos.status": "uploaded",
    "schedules.task": "tests.write_down",
    "schedules.args": ["x"],
    "release_drafts.language": "tr",
    "schedules.origin": "person",
    "schedules.every_seconds": 3600,
    "schedules.zone": "UTC",
    "hooks.offer": "tests.write_down",
    "notifications.kind": "note",
    "notifications.is_shown": True,
    "notifications.facts": {"title": "Başlık", "body": "Metin"},
    "notification_deliveries.channel": "webhook",
    "notification_deliveries.kind": "note",
    "notification_preferences.zone": "Europe/Istanbul",
    "workspace_exports.state": "ready",
    "invitations.role": "viewer",
}
# Where a row belongs to one or the other.
LEFT_EMPTY = {"data_keys.user_id"}
# Of the JSON columns, which both kinds look alike in the table.
LISTS = {"args", "scopes", "ip_allow", "kinds", "parts", "steps", "transports", "warnings"}
FAR = datetime(2099, 1, 1, tzinfo=UTC)


@dataclass
class Tenant:
    """Somebody with a workspace full of things, a colleague, and a second workspace."""

    person: SignedUp
    colleague: SignedUp
    second_workspace: UUID
    other_session: UUID
    ids: dict[str, UUID] = field(default_factory=dict)
    """Of each table the row's id."""

    def refill(self) -> None:
        """Make the rows anew that a request has removed or used up."""
        with transaction() as session:
            own, colleague = self.person.workspace_id, self.colleague.user_id
            workspaces.remove_membership(session, own, colleague)
            workspaces.insert_membership(session, own, colleague, Role.VIEWER)
            for table in reversed(_tables()):
                if "id" in table.c and table.name in self.ids:
                    session.execute(table.delete().where(table.c.id == self.ids[table.name]))
            for table in _tables():
                row = {column.name: self._value(table, column) for column in _needed(table)}
                session.execute(insert(table).values(**row).on_conflict_do_nothing())

    def _value(self, table: Table, column: Column[Any]) -> Any:
        if column.name == "id" and isinstance(column.type, Uuid):
            return self.ids.setdefault(table.name, new_id())
        for key in column.foreign_keys:
            name = key.column.table.name
            if name == "users":
                return self.person.user_id
            if name == "workspaces":
                return self.person.workspace_id
            return self.ids[name]
        if column.name == "workspace_id":
            return self.person.workspace_id
        if f"{table.name}.{column.name}" == "notification_deliveries.target":
            return self.ids["notification_endpoints"]
        if column.name == "user_id":
            return self.person.user_id
        if (known := VALUES.get(f"{table.name}.{column.name}")) is not None:
            return known
        return _of_type(table, column)


def _of_type(table: Table, column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enums[0] if kind.enum_class is None else next(iter(kind.enum_class))
    if isinstance(kind, JSONB):
        return [] if column.name in LISTS else {}
    if isinstance(kind, Uuid):
        return new_id()
    if isinstance(kind, LargeBinary):
        return new_id().bytes
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, DateTime):
        return FAR
    if isinstance(kind, Time):
        return time(8)
    if isinstance(kind, Integer):
        return 1
    return f"{table.name}-{new_id().hex}"


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in NOT_FILLED]


def _needed(table: Table) -> Iterable[Column[Any]]:
    for column in table.c:
        is_made = column.server_default is not None or column.identity or column.computed
        is_given = f"{table.name}.{column.name}" in VALUES
        is_owner = column.name in ("workspace_id", "user_id") or column.foreign_keys
        if f"{table.name}.{column.name}" in LEFT_EMPTY:
            continue
        if is_given or is_owner or not (is_made or column.nullable):
            yield column


def make_tenant(app: Flask) -> Tenant:
    person, colleague = sign_up(as_browser(app)), sign_up(as_browser(app))
    with transaction() as session:
        second = workspaces.insert(session, "İkinci", person.user_id).id
        other = open_session(
            session,
            person.user_id,
            person.workspace_id,
            Device("curl", "127.0.0.1"),
            methods=[],
            epoch=0,
        )
    tenant = Tenant(person, colleague, second, other.session_id)
    tenant.refill()
    return tenant
