"""Makes exports, and removes those whose time is over."""

import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from ultra.auth.exports import archive
from ultra.auth.exports import service as exports
from ultra.kit.db import read_only, transaction
from ultra.kit.log import get_logger
from ultra.kit.storage import storage
from ultra.kit.tasks import Queue, current_lease, task
from ultra.settings import settings

log = get_logger()


@task(
    exports.MAKE,
    queue=Queue.GENERAL,
    title={"tr": "Çalışma alanını dışa aktar", "en": "Export a workspace"},
    failed="auth.note_export_failed",
    limit=timedelta(hours=2),
)
def export_workspace(export_id: str) -> None:
    """Write the archive beside the storage, then move it in: it appears whole or not at all."""
    lease = current_lease()
    with read_only() as session:
        export = exports.find_for_work(session, UUID(export_id))
    if export is None:
        return

    def report(share: float, name: str) -> None:
        lease.check()
        lease.report(share, name)

    settings.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="export-", dir=settings.home) as folder:
        path = Path(folder) / "archive.zip"
        archive.write(path, export.workspace_id, report)
        size = path.stat().st_size
        storage().adopt(path, exports.key_of(export.workspace_id, export.id))
    with transaction() as session:
        lease.guard(session)
        exports.finish(session, export.id, size)
    log.info("export.ready", export_id=export_id, bytes=size)


@task(
    "auth.note_export_failed",
    queue=Queue.GENERAL,
    title={"tr": "Başarısız dışa aktarmayı kaydet", "en": "Note that an export failed"},
)
def note_export_failed(export_id: str, _code: str) -> None:
    with transaction() as session:
        exports.fail(session, UUID(export_id))


@task(
    "auth.remove_expired_exports",
    queue=Queue.GENERAL,
    title={"tr": "Süresi dolan dışa aktarmaları sil", "en": "Remove expired exports"},
    every=timedelta(hours=1),
)
def remove_expired_exports() -> None:
    with transaction() as session:
        removed = exports.remove_expired(session)
    log.info("export.expired_removed", count=removed)
