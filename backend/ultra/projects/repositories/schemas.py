"""Shapes of requests and responses about repositories."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ultra.kit.http import RequestShape, ResponseShape
from ultra.projects.repositories.states import RepositoryProblem

MOST = 20

FullName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,39}/[A-Za-z0-9._-]{1,100}$", max_length=140)
]
"""An owner has a `_` where a company manages its people's accounts."""


class RepositoriesUpdate(RequestShape):
    full_names: list[FullName] = Field(
        max_length=MOST, description="All that the project is to have, as owner/name"
    )


class OfferedQuery(RequestShape):
    q: str | None = Field(default=None, max_length=100, description="Part of the name")


class OfferedRepository(ResponseShape):
    """A repository that the grant can see, as GitHub tells it now."""

    full_name: str
    description: str | None
    url: str
    is_private: bool
    stars: int
    pushed_at: datetime | None


class OfferedItems(ResponseShape):
    items: list[OfferedRepository]
    is_complete: bool = Field(description="False when there are more: search by a part of the name")


class WeekRead(ResponseShape):
    week: date = Field(description="The Sunday on which it begins")
    commits: int


class ReleaseRead(ResponseShape):
    id: UUID
    tag: str
    name: str
    notes: str = Field(description="Markdown, as its author wrote it; not to be trusted as HTML")
    url: str
    is_prerelease: bool
    published_at: datetime


class RepositoryRead(ResponseShape):
    """What GitHub said when it was last asked; null is what is not known, or not told."""

    id: UUID
    full_name: str
    description: str | None
    url: str | None
    is_private: bool | None
    stars: int | None
    open_issues: int | None = Field(description="Without pull requests")
    open_pulls: int | None
    activity: list[WeekRead] | None = Field(
        description="Commits of the last twelve weeks, oldest first; null until GitHub knows"
    )
    pushed_at: datetime | None
    last_release: ReleaseRead | None = Field(description="The newest one that is no pre-release")
    releases: list[ReleaseRead] = Field(
        description="The newest ones, pre-releases too; and the last release"
    )
    checked_at: datetime | None
    problem: RepositoryProblem | None


class RepositoryItems(ResponseShape):
    items: list[RepositoryRead]
