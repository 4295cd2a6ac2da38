"""What people may have started here by a schedule or a webhook from outside."""

from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field
from sqlalchemy.orm import Session

from ultra.kit.http import RequestShape
from ultra.kit.tasks import Trigger, enqueue
from ultra.kit.tasks.offers import offer
from ultra.notifications.news.tasks import SEND_NOTE


def _check_link(link: str) -> str:
    """A page of the website, or of another site; never anything that runs."""
    is_own = link.startswith("/") and not link.startswith(("//", "/\\"))
    parts = urlsplit(link)
    is_foreign = parts.scheme in ("http", "https") and parts.hostname is not None
    if not (is_own or is_foreign) or not (link.isascii() and link.isprintable()):
        raise ValueError("a path that begins with /, or an address that begins with https://")
    return link


class Note(RequestShape):
    title: str = Field(
        min_length=1, max_length=200, json_schema_extra={"tr": "Başlık", "en": "Title"}
    )
    body: str = Field(
        min_length=1, max_length=2000, json_schema_extra={"tr": "Metin", "en": "Text"}
    )
    link: Annotated[str, AfterValidator(_check_link)] | None = Field(
        default=None, max_length=500, json_schema_extra={"tr": "Bağlantı", "en": "Link"}
    )


@offer(
    SEND_NOTE,
    input=Note,
    title={"tr": "Not bırak", "en": "Leave a note"},
    description={
        "tr": "Çalışma alanındaki herkese, seçtikleri kanallardan bir not gönderir.",
        "en": "Sends a note to everybody in the workspace, by the channels that they chose.",
    },
)
def send_note(
    session: Session, workspace_id: UUID, wanted: Any, trigger: Trigger, trigger_key: str
) -> UUID | None:
    note: Note = wanted
    return enqueue(
        session,
        SEND_NOTE,
        workspace_id,
        note.title,
        note.body,
        note.link,
        workspace_id=workspace_id,
        trigger=trigger,
        trigger_key=trigger_key,
    )
