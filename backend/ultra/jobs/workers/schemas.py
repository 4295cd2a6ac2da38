"""Shapes of responses about workers."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from ultra.kit.http import ResponseShape


class WorkerRead(ResponseShape):
    id: str
    kind: Literal["worker", "dispatcher"]
    host: str
    pid: int
    pools: list[str]
    concurrency: int | None
    running: list[UUID] = Field(description="Its jobs")
    started_at: datetime
    seen_at: datetime
    memory_bytes: int | None = Field(description="RAM of it and its children")
    version: str


class WorkerList(ResponseShape):
    items: list[WorkerRead]
