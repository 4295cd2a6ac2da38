"""The table of drafts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes


class ReleaseDraft(Base, HasId, HasTimes):
    """It outlives the release and the connection: by then it is a person's own text."""

    __tablename__ = "release_drafts"
    __table_args__ = (
        Index("ix_release_drafts_list", "project_id", text("created_at desc"), text("id desc")),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    release_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("repository_releases.id", ondelete="SET NULL"), index=True
    )
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    repository: Mapped[str]
    tag: Mapped[str]
    url: Mapped[str]
    language: Mapped[str]
    body: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
