"""Shapes of requests and responses about schedules."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import Field, model_validator

from ultra.jobs.visibility import View
from ultra.kit.http import PageQuery, RequestShape, ResponseShape
from ultra.kit.tasks.schedules import CatchUp, Origin, ScheduleKind

SHORTEST = 60
LONGEST = 366 * 86_400


class SchedulePath(RequestShape):
    schedule_id: UUID


class ScheduleQuery(PageQuery):
    scope: View = View.OWN


class Timing(RequestShape):
    """When: every so many seconds, or by a cron expression in a time zone."""

    kind: ScheduleKind
    every_seconds: int | None = Field(default=None, ge=SHORTEST, le=LONGEST)
    cron: str | None = Field(
        default=None, max_length=100, description="minute hour day month weekday"
    )
    zone: str = Field(default="UTC", max_length=64, description="Such as Europe/Istanbul")

    @model_validator(mode="after")
    def _say_when(self) -> Self:
        if self.kind is ScheduleKind.INTERVAL and (self.every_seconds is None or self.cron):
            raise ValueError("an interval is given by every_seconds alone")
        if self.kind is ScheduleKind.CRON and (not self.cron or self.every_seconds is not None):
            raise ValueError("a cron schedule is given by cron alone")
        return self


class ScheduleCreate(Timing):
    name: str = Field(min_length=1, max_length=100)
    offer: str = Field(max_length=100)
    input: dict[str, Any]
    catch_up: CatchUp = CatchUp.ONCE


class ScheduleUpdate(RequestShape):
    """What is left out stays as it is; `timing` is changed as a whole."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    offer: str | None = Field(default=None, max_length=100)
    input: dict[str, Any] | None = None
    kind: ScheduleKind | None = None
    every_seconds: int | None = Field(default=None, ge=SHORTEST, le=LONGEST)
    cron: str | None = Field(default=None, max_length=100)
    zone: str | None = Field(default=None, max_length=64)
    catch_up: CatchUp | None = None
    is_paused: bool | None = None


class ScheduleRead(ResponseShape):
    id: UUID
    name: str
    offer: str | None = Field(description="None for the product's own")
    task: str
    title: str = Field(description="What it starts, in the caller's language")
    input: dict[str, Any]
    kind: ScheduleKind
    every_seconds: int | None
    cron: str | None
    zone: str
    catch_up: CatchUp
    is_paused: bool
    next_at: datetime
    last_at: datetime | None
    last_job_id: UUID | None
    origin: Origin
    workspace_id: UUID | None
    created_at: datetime
    upcoming: list[datetime] = Field(description="The next three; none while it is paused")


class SchedulePage(ResponseShape):
    items: list[ScheduleRead]
    next_cursor: str | None


class SchedulePreview(ResponseShape):
    upcoming: list[datetime]
