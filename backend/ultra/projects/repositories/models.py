"""Tables of repositories, their releases, and the projects that chose them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.projects.repositories.states import RepositoryProblem


class Repository(Base, HasId, HasTimes):
    """What GitHub last said of it; None is what it did not say, never zero."""

    __tablename__ = "github_repositories"
    __table_args__ = (UniqueConstraint("connection_id", "name_key"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    connection_id: Mapped[UUID] = mapped_column(
        ForeignKey("github_connections.id", ondelete="CASCADE")
    )
    full_name: Mapped[str]
    name_key: Mapped[str]
    """The name in small letters: GitHub knows no difference."""
    github_id: Mapped[int | None] = mapped_column(BigInteger)
    description: Mapped[str | None]
    url: Mapped[str | None]
    is_private: Mapped[bool | None]
    stars: Mapped[int | None]
    open_total: Mapped[int | None]
    """Issues and pull requests together: GitHub counts both as issues."""
    open_pulls: Mapped[int | None]
    activity: Mapped[list[Any] | None]
    """Commits of the last twelve weeks, oldest first: {"week": date, "commits": number}."""
    pushed_at: Mapped[datetime | None]
    etags: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By question: with them an unchanged answer costs nothing of GitHub's limit."""
    checked_at: Mapped[datetime | None]
    """When GitHub last answered all that was asked."""
    tried_at: Mapped[datetime | None]
    """When it was last asked, whatever came of it: the next ones have their turn first."""
    problem: Mapped[RepositoryProblem | None]


class Release(Base, HasId, HasTimes):
    __tablename__ = "repository_releases"
    __table_args__ = (UniqueConstraint("repository_id", "github_id"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    repository_id: Mapped[UUID] = mapped_column(
        ForeignKey("github_repositories.id", ondelete="CASCADE")
    )
    github_id: Mapped[int] = mapped_column(BigInteger)
    tag: Mapped[str]
    name: Mapped[str]
    notes: Mapped[str]
    """Markdown, as its author wrote it."""
    url: Mapped[str]
    is_prerelease: Mapped[bool]
    published_at: Mapped[datetime]


class ProjectRepository(Base):
    __tablename__ = "project_repositories"
    __table_args__ = (Index("ix_project_repositories_repository_id", "repository_id"),)

    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True
    )
    repository_id: Mapped[UUID] = mapped_column(
        ForeignKey("github_repositories.id", ondelete="CASCADE"), primary_key=True
    )
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    added_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
