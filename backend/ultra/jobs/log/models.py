"""The log document of a job."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from pydantic import BaseModel

from ultra.kit.documents import Document
from ultra.kit.tasks import JobState
from ultra.kit.tasks.models import NOBODY

MOST_ENTRIES = 1000
"""A job that goes on for longer, such as one that is rate limited for days, tells only its ends."""
PROGRESS = "progress"
"""The one event that is news and no entry of the log."""
ENDS = ("done", "failed", "dead", "cancelled")
_OWN = ("job_id", "workspace_id", "name", "seq", "at", "event", "state")


class LogEntry(BaseModel):
    seq: int
    at: datetime
    event: str
    state: JobState
    facts: dict[str, Any]


class JobLog(Document):
    """All that happened to one job. Jobs of no workspace are kept under NOBODY."""

    collection: ClassVar[str] = "job_logs"

    name: str
    entries: list[LogEntry]


class Note(BaseModel):
    """What the engine says of one change of a job."""

    job_id: UUID
    workspace_id: UUID | None
    name: str
    entry: LogEntry

    @classmethod
    def read(cls, body: dict[str, Any]) -> Self:
        """From an outbox message: whatever is not the note itself is a fact."""
        facts = {name: value for name, value in body.items() if name not in _OWN}
        return cls.model_validate({**body, "entry": {**body, "facts": facts}})

    @property
    def is_logged(self) -> bool:
        if self.entry.event == PROGRESS:
            return False
        return self.entry.seq <= MOST_ENTRIES or self.entry.event in ENDS

    def as_log(self) -> JobLog:
        return JobLog(
            id=self.job_id,
            workspace_id=self.workspace_id or NOBODY,
            name=self.name,
            entries=[self.entry],
        )
