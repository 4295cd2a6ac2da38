"""How long notifications and the log of deliveries are kept."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from ultra.kit.db import transaction
from ultra.notifications.deliveries import repository
from ultra.notifications.inbox import repository as inbox_rows
from ultra.settings import settings

BATCH = 1000


def remove_old() -> dict[str, int]:
    """Remove what is too old, a batch at a time; how much."""
    kept = settings.notifications
    return {
        "notifications": _in_batches(inbox_rows.remove_older, timedelta(days=kept.keep_days)),
        "deliveries": _in_batches(repository.remove_older, timedelta(days=kept.log_days)),
        "digests": _in_batches(repository.remove_older_digests, timedelta(days=kept.log_days)),
    }


def _in_batches(remove: Callable[[Session, timedelta, int], int], age: timedelta) -> int:
    total = 0
    while True:
        with transaction() as session:
            removed = remove(session, age, BATCH)
        total += removed
        if removed < BATCH:
            return total
