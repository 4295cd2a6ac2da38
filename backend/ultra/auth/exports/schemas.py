"""The shapes of exports in requests and responses."""

from datetime import datetime
from uuid import UUID

from ultra.auth.exports.states import ExportState
from ultra.kit.http import RequestShape, ResponseShape


class ExportPath(RequestShape):
    export_id: UUID


class ExportRead(ResponseShape):
    id: UUID
    state: ExportState
    progress: float | None
    """0 to 1 while it is being made."""
    job_id: UUID | None
    size: int | None
    """Bytes of the file."""
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    """When the file is removed."""


class ExportList(ResponseShape):
    """The workspace's exports of the last days, the newest first."""

    items: list[ExportRead]
