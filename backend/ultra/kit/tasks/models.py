"""The table of jobs: what is to be done, who is doing it, how it ended."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.tasks.states import OPEN_STATES, JobState

NOBODY = UUID(int=0)
"""Stands for the product itself where work is shared out between workspaces."""

_open = ", ".join(f"'{state}'" for state in OPEN_STATES)

# A request may ask for work of no workspace, such as a mail to its person, and sees such a job in
# that very transaction alone, whose beginning is the job's created_at (see kit.walls). It is said
# in a way that no index serves: PostgreSQL would put two together, and sort a list for each page.
_WALL = {
    "wall": "workspace_id = {workspace}",
    "sees": "case when workspace_id is null then created_at = now() end",
    "adds": "workspace_id is null",
    "rights": "select, insert, update",
}


class Trigger(StrEnum):
    """What asked for a job."""

    API = "api"
    SCHEDULE = "schedule"
    EVENT = "event"
    """Something that the product announced, or another job."""
    WEBHOOK = "webhook"


class Job(Base, HasId, HasTimes):
    __tablename__ = "jobs"
    __table_args__ = (
        # The dispatcher walks through the groups of this index, the most urgent job of each first.
        Index(
            "ix_jobs_waiting",
            "queue",
            "priority",
            "share",
            "not_before",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_jobs_queued", "queue", "sent_at", postgresql_where=text("state = 'queued'")),
        Index("ix_jobs_running", "lease_until", postgresql_where=text("state = 'running'")),
        Index(
            "ix_jobs_deadline",
            "deadline",
            postgresql_where=text("deadline is not null and state in ('waiting', 'queued')"),
        ),
        # Lists: everything, of one workspace, and what needs somebody's attention.
        Index("ix_jobs_created_at", "created_at", "id"),
        Index("ix_jobs_workspace_id", "workspace_id", "created_at", "id"),
        Index(
            "ix_jobs_finished_at", "finished_at", postgresql_where=text("finished_at is not null")
        ),
        Index(
            "ix_jobs_given_up", "finished_at", postgresql_where=text("state in ('failed', 'dead')")
        ),
        Index(
            "uq_jobs_dedupe_key",
            "dedupe_key",
            unique=True,
            postgresql_where=text(f"state in ({_open})"),
        ),
        Index("uq_jobs_trigger_key", "trigger", "trigger_key", unique=True),
        {"info": _WALL},
    )

    name: Mapped[str]
    args: Mapped[list[Any]]
    queue: Mapped[str]
    priority: Mapped[str]
    trigger: Mapped[Trigger] = mapped_column(server_default=Trigger.API)
    trigger_key: Mapped[str | None]
    """At most one job ever has it, per trigger: a webhook or an event told twice starts one job."""
    dedupe_key: Mapped[str | None]
    """At most one open job has it."""
    workspace_id: Mapped[UUID | None]
    share: Mapped[UUID] = mapped_column(
        Computed(f"coalesce(workspace_id, '{NOBODY}')", persisted=True)
    )
    """Whose turn it uses up when work is shared out."""
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    """The row that the job works on, such as a video."""
    parent_id: Mapped[UUID | None] = mapped_column(index=True)
    """The job that asked for this one."""
    state: Mapped[JobState] = mapped_column(server_default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(server_default="0")
    crashes: Mapped[int] = mapped_column(server_default="0")
    fence: Mapped[int] = mapped_column(server_default="0")
    """Rises with each claim; a write with an older number comes from a worker that lost the job."""
    seq: Mapped[int] = mapped_column(server_default="0")
    """Number of the newest entry in the job's journal."""
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime] = mapped_column(server_default=text("now()"))
    deadline: Mapped[datetime | None]
    """After this moment its result is worth nothing, and it is given up."""
    sent_at: Mapped[datetime | None]
    sends: Mapped[int] = mapped_column(server_default="0")
    """How often it was handed to the broker since it was queued."""
    is_cancel_requested: Mapped[bool] = mapped_column(server_default=text("false"))
    progress: Mapped[float | None]
    """0 to 1."""
    progress_note: Mapped[str | None]
    result: Mapped[dict[str, Any] | None]
    error_code: Mapped[str | None]
    error: Mapped[str | None]
    trace_id: Mapped[str | None]
    """The id of the request that asked for it."""
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
