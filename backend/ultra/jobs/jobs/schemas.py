"""Shapes of requests and responses about jobs."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from ultra.jobs.visibility import View
from ultra.kit.http import PageQuery, RequestShape, ResponseShape
from ultra.kit.tasks import JobState, Priority, Queue
from ultra.kit.tasks.models import Trigger

LONGEST_ARGS = 64 * 1024


class JobPath(RequestShape):
    job_id: UUID


class JobQuery(PageQuery):
    scope: View = Field(default=View.OWN, description="all: of the whole installation, operators")
    state: list[JobState] = Field(default=[], description="May be given several times")
    queue: Queue | None = None
    priority: Priority | None = None
    trigger: Trigger | None = None
    name: str | None = Field(default=None, max_length=100, description="The task's name")
    q: str | None = Field(default=None, max_length=100, description="Part of its title, or its id")
    subject_id: UUID | None = None
    parent_id: UUID | None = None


class JobRetry(RequestShape):
    args: list[Any] | None = Field(
        default=None, max_length=50, description="Another input; operators only"
    )

    @model_validator(mode="before")
    @classmethod
    def _allow_no_body(cls, value: Any) -> Any:
        return {} if value is None else value

    @field_validator("args")
    @classmethod
    def _refuse_what_cannot_be_stored(cls, value: list[Any] | None) -> list[Any] | None:
        written = json.dumps(value, allow_nan=False)
        if len(written) > LONGEST_ARGS:
            raise ValueError("the input is too large")
        # Neither NUL nor half a surrogate pair fits into the database.
        json.dumps(value, ensure_ascii=False).encode()
        if "\\u0000" in written:
            raise ValueError("text must not contain NUL")
        return value


class SubjectRead(ResponseShape):
    """What a job works on."""

    kind: str
    id: UUID
    title: str
    href: str = Field(description="Its page in the website, without the language")


class JobRead(ResponseShape):
    id: UUID
    name: str
    title: str = Field(description="What it does, in the caller's language")
    queue: str
    priority: str
    trigger: Trigger
    state: JobState
    attempts: int
    max_attempts: int
    crashes: int = Field(description="How often its worker died")
    progress: float | None = Field(description="0 to 1")
    progress_note: str | None
    workspace_id: UUID | None
    subject_id: UUID | None
    subject: SubjectRead | None
    parent_id: UUID | None
    not_before: datetime
    deadline: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error_code: str | None
    error: str | None
    is_cancel_requested: bool
    owner: str | None
    lateness_seconds: float | None = Field(
        description="From when it was due until it began; null before that and after a retry"
    )
    duration_seconds: float | None = Field(description="From its first start to its end, or to now")


class JobPage(ResponseShape):
    items: list[JobRead]
    next_cursor: str | None


class ChildRead(ResponseShape):
    id: UUID
    name: str
    title: str
    state: JobState


class JobDetail(JobRead):
    args: list[Any]
    result: dict[str, Any] | None
    trace_id: str | None
    trigger_key: str | None
    dedupe_key: str | None
    fence: int
    children: list[ChildRead] = Field(description="Jobs that it asked for, the first fifty")


class JobEventRead(ResponseShape):
    seq: int
    at: datetime
    event: str
    state: JobState
    facts: dict[str, Any]


class JobEvents(ResponseShape):
    items: list[JobEventRead]


class JobStateRead(ResponseShape):
    id: UUID
    state: JobState
    progress: float | None
    progress_note: str | None
    seq: int = Field(description="Number of the newest entry in its log")
    source: str = Field(description="redis, or postgres when Redis had lost it")
