"""What of GitHub's answers is read. Everything else in them may change without harm."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field


def _first_letters(most: int) -> BeforeValidator:
    """Cut a text that is longer than what we keep."""
    return BeforeValidator(lambda text: text[:most] if isinstance(text, str) else text)


Short = Annotated[str, _first_letters(400)]
Long = Annotated[str, _first_letters(20_000)]
WebUrl = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=1000)]


class Account(BaseModel):
    id: int
    login: str


class RepositoryFacts(BaseModel):
    id: int
    full_name: str
    description: Short | None
    html_url: WebUrl
    private: bool
    stargazers_count: int
    open_issues_count: int
    """With pull requests, which are issues to GitHub."""
    pushed_at: datetime | None


class ReleaseFacts(BaseModel):
    id: int
    tag_name: Short
    name: Short | None
    body: Long | None
    html_url: WebUrl
    draft: bool
    prerelease: bool
    published_at: datetime | None


class Week(BaseModel):
    """Commits of one week, which begins on a Sunday."""

    week: int
    total: int

    @property
    def starts_on(self) -> date:
        return datetime.fromtimestamp(self.week, UTC).date()
