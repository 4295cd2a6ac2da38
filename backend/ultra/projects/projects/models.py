"""Tables of projects and of the videos in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes


class Project(Base, HasId, HasTimes):
    __tablename__ = "projects"
    __table_args__ = (
        Index("ix_projects_list", "workspace_id", text("created_at desc"), text("id desc")),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    name: Mapped[str]
    description: Mapped[str]
    cover_video_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("videos.id", ondelete="SET NULL"), index=True
    )
    """The video whose poster stands for the project."""
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    archived_at: Mapped[datetime | None]


class ProjectVideo(Base):
    """A video may belong to many projects. Deleted for good, it leaves them by itself."""

    __tablename__ = "project_videos"
    __table_args__ = (
        Index("ix_project_videos_list", "project_id", text("added_at desc"), text("video_id desc")),
    )

    project_id: Mapped[UUID] = mapped_column(
        ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True
    )
    video_id: Mapped[UUID] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    added_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
