"""An offer for tests, and a task that it starts."""

from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy.orm import Session

from ultra.kit.errors import Conflict, Unavailable
from ultra.kit.http import RequestShape
from ultra.kit.tasks import Queue, Trigger, enqueue, task
from ultra.kit.tasks.offers import offer

WRITE_DOWN = "tests.write_down"


class TooBusy(Conflict):
    tr = "Şu anda olmaz."
    en = "Not now."


class Away(Unavailable):
    pass


@task(WRITE_DOWN, queue=Queue.GENERAL, title={"tr": "Not al", "en": "Write something down"})
def write_down(*_: Any) -> None:
    pass


class WriteDown(RequestShape):
    text: str = Field(max_length=50, json_schema_extra={"tr": "Metin", "en": "Text"})
    page: int | None = Field(default=None, ge=1)
    link: str | None = None
    owner_id: UUID | None = None


@offer(
    WRITE_DOWN,
    input=WriteDown,
    title={"tr": "Bir not al", "en": "Write something down"},
    description={"tr": "Deftere yazar.", "en": "Writes into the book."},
)
def start(
    session: Session, workspace_id: UUID, wanted: WriteDown, trigger: Trigger, trigger_key: str
) -> UUID | None:
    started = enqueue(
        session,
        WRITE_DOWN,
        wanted.text,
        wanted.page,
        workspace_id=workspace_id,
        trigger=trigger,
        trigger_key=trigger_key,
    )
    # After the job was asked for: what a refusal has begun must not stay.
    if wanted.text == "busy":
        raise TooBusy
    if wanted.text == "away":
        raise Away
    return started
