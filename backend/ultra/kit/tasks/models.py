"""The table of jobs: what is to be done, who is doing it, how it ended."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes


class JobState(StrEnum):
    WAITING = "waiting"
    """Not before a certain time."""
    QUEUED = "queued"
    """Handed to the broker; any worker may claim it."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Tried as often as allowed, each time ending in an error."""
    DEAD = "dead"
    """Killed its worker too often to be tried again."""
    CANCELLED = "cancelled"


OPEN_STATES = (JobState.WAITING, JobState.QUEUED, JobState.RUNNING)


class Job(Base, HasId, HasTimes):
    __tablename__ = "jobs"
    __table_args__ = (
        # The sweeper and the dispatcher look only at open jobs, which are few.
        Index(
            "ix_jobs_open",
            "state",
            "not_before",
            postgresql_where=text("state in ('waiting', 'queued', 'running')"),
        ),
        Index(
            "uq_jobs_dedupe_key",
            "dedupe_key",
            unique=True,
            postgresql_where=text("state in ('waiting', 'queued', 'running')"),
        ),
    )

    name: Mapped[str]
    args: Mapped[list[Any]]
    queue: Mapped[str]
    priority: Mapped[str]
    workspace_id: Mapped[UUID | None] = mapped_column(index=True)
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    """The row that the job works on, such as a video."""
    dedupe_key: Mapped[str | None]
    state: Mapped[JobState] = mapped_column(server_default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(server_default="0")
    crashes: Mapped[int] = mapped_column(server_default="0")
    fence: Mapped[int] = mapped_column(server_default="0")
    """Rises with each claim; a write with an older number comes from a worker that lost the job."""
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime] = mapped_column(server_default=text("now()"))
    sent_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    sends: Mapped[int] = mapped_column(server_default="0")
    """How often it was handed to the broker since it was queued."""
    is_cancel_requested: Mapped[bool] = mapped_column(server_default=text("false"))
    error_code: Mapped[str | None]
    error: Mapped[str | None]
    trace_id: Mapped[str | None]
    """The id of the request that asked for it."""
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
