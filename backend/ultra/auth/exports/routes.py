"""HTTP of exports."""

from typing import Any

from flask import Response

from ultra.auth.exports import service as exports
from ultra.auth.exports.models import Export
from ultra.auth.exports.schemas import ExportList, ExportPath, ExportRead
from ultra.kit.access import Scope, current_actor, require_recent
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes, answer_with_file
from ultra.kit.storage import storage

routes = Routes("auth", "exports", prefix="/api/workspaces/current")
ACCESS = Scope.WORKSPACE_OWN


@routes.route_to("post", "/export", access=ACCESS, returns=ExportRead, status=202)
def start_export() -> Any:
    """Begin to put everything of the workspace into one file."""
    require_recent()
    with transaction() as session:
        return _shown(exports.start(session, current_actor()), None)


@routes.route_to("get", "/exports", access=ACCESS, returns=ExportList)
def list_exports() -> Any:
    """Exports of the last days."""
    with read_only() as session:
        found = exports.list_all(session, current_actor())
        return {"items": [_shown(export, progress) for export, progress in found]}


@routes.route_to(
    "get", "/exports/<uuid:export_id>/download", access=ACCESS, sends=("application/zip",)
)
def download_export(path: ExportPath) -> Response:
    """The file of an export."""
    require_recent()
    with transaction() as session:
        export = exports.download(session, current_actor(), path.export_id)
    return answer_with_file(
        storage(),
        exports.key_of(export.workspace_id, export.id),
        "application/zip",
        file_name=f"workspace-{export.created_at:%Y-%m-%d}.zip",
    )


def _shown(export: Export, progress: float | None) -> ExportRead:
    return ExportRead(
        id=export.id,
        state=export.state,
        progress=progress,
        job_id=export.job_id,
        size=export.size,
        created_at=export.created_at,
        finished_at=export.finished_at,
        expires_at=export.expires_at,
    )
