"""Every query about step results."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.video.processing.models import StepResult
from ultra.video.videos.states import Step


def results(session: Session, video_id: UUID) -> dict[Step, dict[str, Any]]:
    rows = session.execute(
        select(StepResult.step, StepResult.result).where(StepResult.video_id == video_id)
    )
    return {row.step: row.result for row in rows}


def save(session: Session, video_id: UUID, step: Step, result: dict[str, Any]) -> None:
    session.execute(
        insert(StepResult)
        .values(video_id=video_id, step=step, result=result)
        .on_conflict_do_update(
            index_elements=[StepResult.video_id, StepResult.step], set_={"result": result}
        )
    )


def forget(session: Session, video_id: UUID) -> None:
    session.execute(delete(StepResult).where(StepResult.video_id == video_id))
