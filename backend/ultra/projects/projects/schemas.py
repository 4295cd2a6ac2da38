"""Shapes of requests and responses about projects."""

from datetime import datetime
from uuid import UUID

from pydantic import Field, model_validator

from ultra.kit.http import PageQuery, RequestShape, ResponseShape

LONGEST_NAME = 120
LONGEST_DESCRIPTION = 2000


class ProjectPath(RequestShape):
    project_id: UUID


class ProjectVideoPath(ProjectPath):
    video_id: UUID


class ProjectQuery(PageQuery):
    archived: bool = Field(default=False, description="Those in the archive instead of the others")
    q: str | None = Field(default=None, max_length=100, description="Part of name or description")


class ProjectCreate(RequestShape):
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    description: str = Field(default="", max_length=LONGEST_DESCRIPTION)


class ProjectUpdate(RequestShape):
    """At least one of them."""

    name: str | None = Field(default=None, min_length=1, max_length=LONGEST_NAME)
    description: str | None = Field(default=None, max_length=LONGEST_DESCRIPTION)

    @model_validator(mode="after")
    def _must_change_something(self) -> "ProjectUpdate":
        if self.name is None and self.description is None:
            raise ValueError("nothing to change")
        return self


class CoverUpdate(RequestShape):
    video_id: UUID | None = Field(description="One of the project's videos; null for no cover")


class ProjectRead(ResponseShape):
    id: UUID
    name: str
    description: str
    cover_video_id: UUID | None = Field(description="Its poster is the cover")
    videos: int = Field(description="How many videos it has")
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None


class ProjectPage(ResponseShape):
    items: list[ProjectRead]
    next_cursor: str | None


class ProjectVideoRead(ResponseShape):
    id: UUID
    title: str
    status: str
    duration: float | None = Field(description="Seconds")
    has_poster: bool
    added_at: datetime


class ProjectVideoPage(ResponseShape):
    items: list[ProjectVideoRead]
    next_cursor: str | None


class ProjectMemberRead(ResponseShape):
    id: UUID
    name: str


class ProjectMembers(ResponseShape):
    items: list[ProjectMemberRead]
