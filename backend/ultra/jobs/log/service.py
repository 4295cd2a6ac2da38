"""What becomes of a note of the engine: an entry in the log, news for pages, notice of an end.

Every part bears a repetition: entries are added by their number, pages are told once of each number
(see quick_state), and an announcement with a key happens once ever.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.jobs.events import JobGivenUp
from ultra.jobs.log.models import JobLog, LogEntry, Note
from ultra.kit import live
from ultra.kit.documents import documents
from ultra.kit.errors import NotFound
from ultra.kit.events import announce
from ultra.kit.tasks.models import NOBODY
from ultra.kit.tasks.states import GIVEN_UP, JobState


def newest_of_each(notes: Sequence[Note]) -> list[Note]:
    """Of several notes of one job only the last is news."""
    newest: dict[UUID, Note] = {}
    for note in sorted(notes, key=lambda note: note.entry.seq):
        newest[note.job_id] = note
    return list(newest.values())


def tell_pages(session: Session, notes: Sequence[Note]) -> None:
    """Show the jobs to the open pages of their workspaces."""
    workspaces = {note.workspace_id for note in notes if note.workspace_id is not None}
    members = auth.members_of(session, workspaces) if workspaces else {}
    for note in notes:
        if note.workspace_id is None:
            continue
        is_done = note.entry.state is JobState.DONE
        data: dict[str, Any] = {
            "id": str(note.job_id),
            "name": note.name,
            "state": note.entry.state,
            "progress": 1.0 if is_done else note.entry.facts.get("progress"),
            "seq": note.entry.seq,
        }
        people = members[note.workspace_id]
        live.tell(session, people, "job.changed", data, workspace_id=note.workspace_id)


def announce_given_up(session: Session, notes: Sequence[Note]) -> None:
    """Tell the services above of new dead letters."""
    for note in notes:
        # Both words: a dropped dead letter is cancelled, and one put back is waiting.
        if note.entry.event in GIVEN_UP and note.entry.state in GIVEN_UP:
            code = note.entry.facts.get("error_code") or ""
            event = JobGivenUp(note.job_id, note.workspace_id, note.name, code)
            announce(session, event, key=f"{note.job_id}:{note.entry.seq}")


def keep(notes: Sequence[Note]) -> None:
    """Write the notes into their jobs' logs. Raises DocumentsUnreachable."""
    documents().append([note.as_log() for note in notes if note.is_logged], "entries", "seq")


def read(workspace_id: UUID | None, job_id: UUID) -> list[LogEntry]:
    """All entries in their order; none while the first is on its way."""
    try:
        found = documents().get(JobLog, workspace_id or NOBODY, job_id)
    except NotFound:
        return []
    return sorted(found.entries, key=lambda entry: entry.seq)


def forget(workspace_id: UUID | None, job_id: UUID) -> None:
    documents().delete(JobLog, workspace_id or NOBODY, job_id)
