"""Background work for invitations."""

from datetime import timedelta
from uuid import UUID

from ultra.auth.invitations import service as invitations
from ultra.auth.invitations import writing
from ultra.auth.letters.sending import PAUSES, send
from ultra.kit.db import read_only, transaction
from ultra.kit.ids import new_id
from ultra.kit.log import get_logger
from ultra.kit.tasks import Queue, task
from ultra.kit.tasks.running import running_job_id

log = get_logger()


@task(
    invitations.SEND,
    queue=Queue.API,
    title={"tr": "Daveti e-postayla gönder", "en": "Mail an invitation"},
    attempts=len(PAUSES) + 1,
    delays=PAUSES,
)
def send_invitation(invitation_id: str) -> None:
    """Write the mail and hand it to the mail server."""
    with read_only() as session:
        invited = invitations.find_for_mail(session, UUID(invitation_id))
        # Sent again by the same job, it is the same mail.
        letter = writing.write(invited, running_job_id() or new_id()) if invited else None
    if letter is None:
        log.info("invitation.out_of_date", invitation_id=invitation_id)
        return
    send(letter)


@task(
    "auth.remove_expired_invitations",
    queue=Queue.GENERAL,
    title={"tr": "Süresi geçen davetleri sil", "en": "Remove expired invitations"},
    every=timedelta(hours=6),
)
def remove_expired_invitations() -> None:
    with transaction() as session:
        removed = invitations.remove_expired(session)
    log.info("invitation.expired_removed", count=removed)
