"""Sends the mails of sign-in."""

from uuid import UUID

from ultra.auth.letters import service as letters
from ultra.auth.letters.kinds import LetterKind
from ultra.auth.letters.sending import PAUSES, send
from ultra.kit import mail
from ultra.kit.db import read_only
from ultra.kit.errors import NotFound
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.kit.tasks import Queue, task
from ultra.kit.tasks.running import running_job_id

log = get_logger()


@task(
    letters.SEND,
    queue=Queue.API,
    title={"tr": "Hesap e-postası gönder", "en": "Send a mail about an account"},
    attempts=len(PAUSES) + 1,
    delays=PAUSES,
)
def send_letter(kind: str, user_id: str, token_id: str | None, facts: dict[str, str]) -> None:
    """Write the mail and hand it to the mail server."""
    try:
        letter = _write(LetterKind(kind), UUID(user_id), token_id, facts)
    except NotFound:
        # Its reader, or the session that it tells of, is gone.
        letter = None
    if letter is None:
        log.info("letter.out_of_date", kind=kind)
        return
    send(letter)


def _write(
    kind: LetterKind, user_id: UUID, token_id: str | None, facts: dict[str, str]
) -> mail.Letter | None:
    with read_only() as session:
        if token_id is not None:
            return letters.write_link(session, kind, user_id, UUID(token_id))
        # Sent again, it is the same mail.
        letter_id = running_job_id() or new_id()
        return letters.write_news(session, kind, user_id, letter_id, facts)
