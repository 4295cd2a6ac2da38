"""A delivery as its people see it: the row, its faults told in the reader's language."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ultra.kit.errors import Language
from ultra.notifications.deliveries.models import Delivery, DeliveryAttempt
from ultra.notifications.deliveries.schemas import AttemptRead, DeliveryDetail, DeliveryRead
from ultra.notifications.deliveries.sentences import tell

MADE = ("next_attempt_at", "error")
"""Fields that are no columns, or are told in the reader's language."""


def present(row: Delivery, due: datetime | None, language: Language) -> DeliveryRead:
    return DeliveryRead.model_validate(_values(row, due, language))


def present_in_full(
    row: Delivery, due: datetime | None, attempts: Sequence[DeliveryAttempt], language: Language
) -> DeliveryDetail:
    log = [
        AttemptRead(
            at=attempt.at,
            status=attempt.status,
            duration_ms=attempt.duration_ms,
            error=_told(attempt.error_code, language),
            response_excerpt=attempt.excerpt,
        )
        for attempt in attempts
    ]
    values = _values(row, due, language)
    return DeliveryDetail.model_validate({**values, "payload": row.payload, "attempts_log": log})


def _values(row: Delivery, due: datetime | None, language: Language) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in DeliveryRead.model_fields if name not in MADE}
    return {**plain, "next_attempt_at": due, "error": _told(row.error_code, language)}


def _told(code: str | None, language: Language) -> str | None:
    return tell(code, language) if code else None
