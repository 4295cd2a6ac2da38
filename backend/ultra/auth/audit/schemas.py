"""The shapes of the audit log in requests and responses."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from ultra.auth.audit.outcomes import Outcome
from ultra.kit.http import PageQuery, RequestShape, ResponseShape

Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class AuditScope(StrEnum):
    """Whose log: the workspace's, or what happened outside of all (for operators)."""

    WORKSPACE = "workspace"
    INSTALLATION = "installation"


class ExportFormat(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


class AuditScopeQuery(RequestShape):
    scope: AuditScope = AuditScope.WORKSPACE


class AuditFilters(AuditScopeQuery):
    action: Word | None = None
    """One action, or with a dot at its end all that begin so: `member.`"""
    user_id: UUID | None = None
    object_type: Word | None = None
    object_id: Word | None = None
    outcome: Outcome | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class AuditQuery(AuditFilters, PageQuery):
    pass


class AuditExportQuery(AuditFilters):
    format: ExportFormat = ExportFormat.CSV


class AuditEntry(ResponseShape):
    id: UUID
    position: int
    """Counts from 1, without a gap."""
    at: datetime
    user_id: UUID | None
    user_name: str | None
    """How they are called today; None when they are gone."""
    user_email: str | None
    key_id: UUID | None
    """The API key by which it was done."""
    action: str
    object_type: str | None
    object_id: str | None
    outcome: Outcome
    ip: str | None
    user_agent: str | None
    request_id: str | None
    facts: dict[str, Any]


class AuditPage(ResponseShape):
    """What happened, the newest first."""

    items: list[AuditEntry]
    next_cursor: str | None


class AuditVerdict(ResponseShape):
    """Whether the log is as it was written."""

    entries: int
    is_whole: bool
    broken_at: int | None = Field(
        description="Position of the first entry that is missing, changed, or does not fit"
    )
    checked_at: datetime
