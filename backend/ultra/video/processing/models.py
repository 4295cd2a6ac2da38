"""Results of single steps: what lets a second worker go on where the first one was killed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base
from ultra.video.videos.states import Step


class StepResult(Base):
    __tablename__ = "video_step_results"
    __table_args__ = {"info": {"unwalled": "read and written by workers alone", "rights": ""}}  # noqa: RUF012

    video_id: Mapped[UUID] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[Step] = mapped_column(primary_key=True)
    result: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
