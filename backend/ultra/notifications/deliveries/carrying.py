"""Carries one delivery within its job, and tells the engine what is to happen next."""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from ultra.kit.db import transaction
from ultra.kit.errors import Language
from ultra.kit.tasks import Lease, Refused, Retryable
from ultra.notifications.channels.protocol import Outcome, Verdict
from ultra.notifications.deliveries import attempts
from ultra.notifications.deliveries.attempts import Ended
from ultra.notifications.deliveries.sentences import tell
from ultra.notifications.deliveries.states import NOT_ALLOWED, UNWANTED

# Handled: the target was removed, switched off or forgotten, and its people know or wanted it so.
QUIET_ENDS = {
    "target_removed",
    "endpoint_disabled",
    "workspace_rests",
    "session_ended",
    UNWANTED,
    NOT_ALLOWED,
    "gone",
    "mail_off",
}


def carry(lease: Lease, delivery_id: UUID, delays: Sequence[timedelta]) -> dict[str, Any]:
    """Make one attempt. Raises Retryable or Refused, or Postponed in quiet hours."""
    with transaction() as session:
        lease.guard(session)
        attempt = attempts.claim(session, delivery_id)
    if isinstance(attempt, Ended):
        return _end(attempt.code, attempt.waiting)
    began = time.monotonic()
    outcome = attempt.parcel.send()
    duration_ms = round((time.monotonic() - began) * 1000)
    with transaction() as session:
        lease.guard(session)
        attempts.record(session, attempt, outcome, duration_ms)
    if outcome.verdict is Verdict.DELIVERED:
        return {"outcome": "delivered", "status": outcome.status}
    if attempt.is_test and attempt.waiting is None:
        # Its sender looks at the endpoint's log; nobody needs a dead letter.
        return {"outcome": attempts.final_code(outcome), "status": outcome.status}
    if attempts.is_final(attempt, outcome):
        return _end(attempts.final_code(outcome), attempt.waiting)
    raise _later(lease, outcome, delays)


def _end(code: str | None, waiting: Language | None) -> dict[str, Any]:
    if code is None:
        return {"outcome": "delivered"}
    if waiting is None and code in QUIET_ENDS:
        return {"outcome": code}
    raise Refused(tell(code, waiting or "en"), code)


def _later(lease: Lease, outcome: Outcome, delays: Sequence[timedelta]) -> Retryable:
    planned = delays[min(lease.attempt, len(delays)) - 1]
    # Told to come back sooner than planned: the plan leaves more room. Waiting as told counts as an
    # attempt, or a receiver that always says so would be tried for ever.
    after = outcome.after if outcome.after and outcome.after > planned else None
    return Retryable(f"{outcome.code} {outcome.status or ''}".strip(), after)
