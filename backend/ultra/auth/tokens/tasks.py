"""Recurring work on one-time tokens."""

from datetime import timedelta

from ultra.auth.tokens import service as tokens
from ultra.kit.db import transaction
from ultra.kit.log import get_logger
from ultra.kit.tasks import Queue, task

log = get_logger()


@task(
    "auth.remove_expired_links",
    queue=Queue.GENERAL,
    title={"tr": "Süresi dolan bağlantıları sil", "en": "Remove expired links"},
    every=timedelta(hours=6),
)
def remove_expired_links() -> None:
    with transaction() as session:
        removed = tokens.remove_expired(session)
    log.info("link.expired_removed", count=removed)
