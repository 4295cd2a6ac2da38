"""Recurring work on sessions."""

from datetime import timedelta
from uuid import UUID

from ultra.auth.sessions import records, signing_keys
from ultra.auth.sessions import service as sessions
from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks import Queue, task

log = get_logger()


@task(
    "auth.apply_session_changes",
    queue=Queue.GENERAL,
    title={"tr": "Yetki değişikliğini uygula", "en": "Apply a change of rights"},
)
def apply_session_changes(session_ids: list[str]) -> None:
    """What a person may do has changed; Redis may have been away when it did."""
    records.mark_changed([UUID(each) for each in session_ids])


@task(
    "auth.remove_expired_sessions",
    queue=Queue.GENERAL,
    title={"tr": "Süresi dolan oturumları sil", "en": "Remove expired sessions"},
    every=timedelta(hours=1),
)
def remove_expired_sessions() -> None:
    with transaction() as session:
        removed = sessions.remove_expired(session)
    log.info("session.expired_removed", count=removed)


@task(
    "auth.tend_signing_keys",
    queue=Queue.GENERAL,
    title={"tr": "İmza anahtarlarını yenile", "en": "Renew the signing keys"},
    every=timedelta(hours=1),
)
def tend_signing_keys() -> None:
    with transaction() as session:
        signing_keys.tend(session)
