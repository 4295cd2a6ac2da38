"""Background entry points of deliveries."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from ultra.kit.db import transaction
from ultra.kit.tasks import Queue, current_lease, task
from ultra.notifications.deliveries import attempts, carrying, digests, keeping
from ultra.notifications.deliveries import service as deliveries

PERSONAL_DELAYS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
DELIVERY_FAILED = "notifications.delivery_failed"
DIGEST_FAILED = "notifications.digest_failed"


@task(
    deliveries.TO_ENDPOINT,
    queue=Queue.API,
    title={"tr": "Webhook ya da sohbet bildirimi gönder", "en": "Send to a webhook or chat"},
    attempts=len(deliveries.SCHEDULE) + 1,
    delays=deliveries.SCHEDULE,
    failed=DELIVERY_FAILED,
    revive=attempts.revive,
)
def deliver_to_endpoint(delivery_id: str) -> dict[str, Any]:
    return carrying.carry(current_lease(), UUID(delivery_id), deliveries.SCHEDULE)


@task(
    deliveries.TO_PERSON,
    queue=Queue.API,
    title={"tr": "Bildirim gönder", "en": "Send a notification"},
    attempts=len(PERSONAL_DELAYS) + 1,
    delays=PERSONAL_DELAYS,
    failed=DELIVERY_FAILED,
    revive=attempts.revive,
)
def deliver_to_person(delivery_id: str) -> dict[str, Any]:
    return carrying.carry(current_lease(), UUID(delivery_id), PERSONAL_DELAYS)


@task(
    DELIVERY_FAILED,
    queue=Queue.API,
    title={"tr": "Ulaşmayan bildirimi kaydet", "en": "Record a failed delivery"},
)
def delivery_failed(delivery_id: str, _code: str) -> None:
    with transaction() as session:
        attempts.give_up(session, UUID(delivery_id))


@task(
    digests.SEND,
    queue=Queue.API,
    title={"tr": "Özet e-postası gönder", "en": "Send a digest"},
    attempts=len(PERSONAL_DELAYS) + 1,
    delays=PERSONAL_DELAYS,
    failed=DIGEST_FAILED,
    revive=digests.revive,
)
def send_digest(digest_id: str) -> dict[str, int]:
    return digests.send(current_lease(), UUID(digest_id))


@task(
    DIGEST_FAILED,
    queue=Queue.API,
    title={"tr": "Ulaşmayan özeti kaydet", "en": "Record a failed digest"},
)
def digest_failed(digest_id: str, _code: str) -> None:
    with transaction() as session:
        digests.give_up(session, UUID(digest_id))


@task(
    "notifications.remove_old",
    queue=Queue.GENERAL,
    title={"tr": "Eski bildirimleri sil", "en": "Remove old notifications"},
    every=timedelta(hours=6),
)
def remove_old() -> dict[str, int]:
    return keeping.remove_old()
