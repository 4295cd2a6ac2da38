"""The table of exports."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.auth.exports.states import ExportState
from ultra.kit.db import Base, HasId, HasTimes


class Export(Base, HasId, HasTimes):
    __tablename__ = "workspace_exports"
    __table_args__ = (
        Index(
            "uq_workspace_exports_running",
            "workspace_id",
            unique=True,
            postgresql_where=text("state = 'running'"),
        ),
        Index("ix_workspace_exports_list", "workspace_id", text("created_at desc")),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    requested_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    state: Mapped[ExportState] = mapped_column(server_default=ExportState.RUNNING)
    job_id: Mapped[UUID | None]
    """Where its progress is to be seen."""
    size: Mapped[int | None] = mapped_column(BigInteger)
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    """When its file is removed."""
