"""Shapes of requests and responses about drafts."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from ultra.kit.errors import Language
from ultra.kit.http import RequestShape, ResponseShape
from ultra.projects.projects.schemas import ProjectPath

LONGEST = 10_000


class ReleasePath(ProjectPath):
    release_id: UUID


class DraftPath(ProjectPath):
    draft_id: UUID


class DraftCreate(RequestShape):
    language: Language | None = Field(
        default=None, description="Of the text; the caller's own when it is not given"
    )


class DraftUpdate(RequestShape):
    body: str = Field(min_length=1, max_length=LONGEST)


class DraftRead(ResponseShape):
    id: UUID
    release_id: UUID | None = Field(description="Null when the release is not there any more")
    repository: str
    tag: str
    url: str
    language: Language
    body: str
    created_at: datetime
    updated_at: datetime


class DraftPage(ResponseShape):
    items: list[DraftRead]
    next_cursor: str | None
