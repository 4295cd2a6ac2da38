"""Background entry points of accounts."""

from datetime import timedelta
from uuid import UUID

from ultra.auth.accounts import recovery, registering
from ultra.kit.db import transaction
from ultra.kit.tasks import Queue, task


@task(
    recovery.ANSWER,
    queue=Queue.GENERAL,
    title={"tr": "Parola yenileme isteğini yanıtla", "en": "Answer a forgotten password"},
)
def answer_forgotten_password(sealed_email: str) -> None:
    with transaction() as session:
        recovery.answer(session, sealed_email)


@task(
    registering.OPEN,
    queue=Queue.GENERAL,
    title={"tr": "İstenen hesabı aç", "en": "Open the account asked for"},
)
def open_account(registration_id: str) -> None:
    with transaction() as session:
        registering.take(session, UUID(registration_id))


@task(
    "auth.remove_old_registrations",
    queue=Queue.GENERAL,
    title={"tr": "Yarım kalan kayıtları sil", "en": "Remove registrations left behind"},
    every=timedelta(hours=6),
)
def remove_old_registrations() -> None:
    with transaction() as session:
        registering.remove_old(session)
