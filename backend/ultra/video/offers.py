"""What schedules and webhooks may have done with videos."""

from uuid import UUID

from pydantic import Field
from sqlalchemy.orm import Session

from ultra.kit.http import RequestShape
from ultra.kit.tasks import Trigger
from ultra.kit.tasks.offers import offer
from ultra.video.videos import service as videos


class ProcessAgain(RequestShape):
    video_id: UUID = Field(json_schema_extra={"tr": "Videonun kimliği", "en": "The video's id"})


@offer(
    "video.process_again",
    input=ProcessAgain,
    title={"tr": "Bir videoyu yeniden işle", "en": "Process a video again"},
    description={
        "tr": "Video baştan işlenir; bitince yeni sonuç eskisinin yerini alır.",
        "en": "The video is processed anew; the new result then takes the place of the old one.",
    },
)
def process_again(
    session: Session, workspace_id: UUID, wanted: ProcessAgain, trigger: Trigger, trigger_key: str
) -> UUID:
    return videos.process_again(session, workspace_id, wanted.video_id, trigger, trigger_key)
