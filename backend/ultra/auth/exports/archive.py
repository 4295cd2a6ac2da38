"""Makes the file of an export: a ZIP with one file of JSON lines for each table.

Everything is read at one moment of the database, so that rows fit one another. Files are named with
their sizes, originals with where to download them, and not copied: together they may be larger than
the disk on which the archive is made.
"""

import json
import re
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from ultra import __version__
from ultra.auth.exports import rows
from ultra.kit.clock import now
from ultra.kit.db import engine
from ultra.kit.documents import documents
from ultra.kit.storage import storage
from ultra.settings import settings

# The service of videos stands above this one, so its paths are named instead of imported.
_ORIGINAL = re.compile(r"videos/([0-9a-f-]{36})/original")
_DOWNLOAD = "/download?kind=original"

Report = Callable[[float, str], None]
"""How far it is, 0 to 1, and what is being written; it may raise, to stop."""


def write(path: Path, workspace_id: UUID, report: Report) -> None:
    """Write the whole archive to this path."""
    counts: dict[str, int] = {}
    sources = rows.tables()
    reading = engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    ).connect()
    with ZipFile(path, "w", ZIP_DEFLATED, allowZip64=True) as archive, reading as connection:

        def add(name: str, lines: Iterable[dict[str, Any]], share: float) -> None:
            report(share, name)
            counts[name] = _add(archive, f"{name}.jsonl", lines, lambda: report(share, name))

        add("people", rows.read_people(connection, workspace_id), 0.0)
        for number, source in enumerate(sources):
            share = 0.05 + 0.75 * number / len(sources)
            add(source.name, rows.read(connection, source, workspace_id), share)
        if settings.mongodb_url is not None:
            add("documents", documents().read_all(workspace_id), 0.8)
        add("files", _files(workspace_id), 0.9)
        about = {
            "product": "Ultrarslanoğlu Core",
            "version": __version__,
            "workspace_id": str(workspace_id),
            "made_at": now().isoformat(),
            "rows": counts,
        }
        archive.writestr("manifest.json", json.dumps(about, ensure_ascii=False, indent=2))


def _add(
    archive: ZipFile, name: str, lines: Iterable[dict[str, Any]], breathe: Callable[[], None]
) -> int:
    count = 0
    with (
        archive.open(name, "w", force_zip64=True) as raw,
        TextIOWrapper(raw, encoding="utf-8", newline="\n") as file,
    ):
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
            if count % rows.BATCH == 0:
                breathe()
    return count


def _files(workspace_id: UUID) -> Iterable[dict[str, Any]]:
    """What the storage holds of this workspace, without the exports themselves."""
    prefix = f"workspaces/{workspace_id}"
    for key in storage().list(prefix):
        if not key.startswith(f"{prefix}/exports/"):
            path = key.removeprefix(f"{prefix}/")
            file: dict[str, Any] = {"path": path, "size": storage().size(key)}
            if original := _ORIGINAL.fullmatch(path):
                file["link"] = f"{settings.website_url}/api/video/{original[1]}{_DOWNLOAD}"
            yield file
