"""HTTP of the audit log."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from flask import Response

from ultra.auth.audit import exporting
from ultra.auth.audit import service as audit
from ultra.auth.audit.errors import InstallationLogForbidden
from ultra.auth.audit.models import INSTALLATION
from ultra.auth.audit.repository import Filters, Named
from ultra.auth.audit.schemas import (
    AuditEntry,
    AuditExportQuery,
    AuditFilters,
    AuditPage,
    AuditQuery,
    AuditScope,
    AuditScopeQuery,
    AuditVerdict,
    ExportFormat,
)
from ultra.kit.access import Scope, current_actor
from ultra.kit.clock import now
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes
from ultra.kit.paging import Cursor, read_cursor, write_cursor

routes = Routes("auth", "audit", prefix="/api/audit")

BATCH = 500
Write = Callable[[Iterable[Named]], Iterator[str]]
FORMATS: dict[ExportFormat, tuple[Write, str]] = {
    ExportFormat.CSV: (exporting.write_csv, "text/csv; charset=utf-8"),
    ExportFormat.JSONL: (exporting.write_json_lines, "application/x-ndjson; charset=utf-8"),
}


@routes.route_to("get", "", access=Scope.AUDIT_READ, returns=AuditPage)
def list_audit(query: AuditQuery) -> Any:
    """Who did what, the newest first."""
    chain = _chain(query.scope)
    found = _read(chain, _filters(query), after=read_cursor(query.cursor), limit=query.limit)
    is_full = len(found) == query.limit
    last = found[-1].entry if is_full else None
    return {
        "items": [_shown(named) for named in found],
        "next_cursor": write_cursor(last.at, last.id) if last else None,
    }


@routes.route_to(
    "get", "/export", access=Scope.AUDIT_READ, sends=("text/csv", "application/x-ndjson")
)
def export_audit(query: AuditExportQuery) -> Response:
    """The log as a file, the newest first."""
    chain, filters = _chain(query.scope), _filters(query)
    write, content_type = FORMATS[query.format]
    with transaction() as session:
        facts = {"format": query.format, "scope": query.scope}
        audit.record(session, "audit.exported", facts=facts)
    name = f"audit-{now():%Y-%m-%d}.{query.format}"
    response = Response(write(_walk(chain, filters)), content_type=content_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@routes.route_to("post", "/verify", access=Scope.AUDIT_READ, returns=AuditVerdict)
def verify_audit(query: AuditScopeQuery) -> Any:
    """Compute the whole chain anew: was anything changed or removed?"""
    chain = _chain(query.scope)
    with read_only() as session:
        return audit.verify(session, chain)


def _chain(scope: AuditScope) -> UUID:
    actor = current_actor()
    if scope is AuditScope.WORKSPACE:
        return actor.workspace_id
    if Scope.OPERATE not in actor.scopes:
        raise InstallationLogForbidden
    return INSTALLATION


def _filters(query: AuditFilters) -> Filters:
    return Filters(
        action=query.action,
        user_id=query.user_id,
        object_type=query.object_type,
        object_id=query.object_id,
        outcome=query.outcome,
        since=query.since,
        until=query.until,
    )


def _walk(chain: UUID, filters: Filters) -> Iterator[Named]:
    """Page after page, each in a transaction of its own: a slow reader holds none open."""
    after = None
    while True:
        found = _read(chain, filters, after=after, limit=BATCH)
        yield from found
        if len(found) < BATCH:
            return
        after = (found[-1].entry.at, found[-1].entry.id)


def _read(chain: UUID, filters: Filters, *, after: Cursor | None, limit: int) -> list[Named]:
    with read_only() as session:
        found = audit.page(session, chain, filters, after=after, limit=limit)
    # Whoever has left the workspace stands behind its wall, and is still called by name here.
    with read_only(across_workspaces=True) as session:
        return audit.name(session, found)


def _shown(named: Named) -> AuditEntry:
    fields = set(AuditEntry.model_fields) - {"user_name", "user_email"}
    values = {name: getattr(named.entry, name) for name in fields}
    return AuditEntry(**values, user_name=named.user_name, user_email=named.user_email)
