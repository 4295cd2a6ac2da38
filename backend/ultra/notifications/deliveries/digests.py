"""Digests: mails that are not urgent, gathered into one.

The first notification opens a digest and asks for the job that will send it; others join. The job
closes it, which fixes what it holds, before it sends: after a crash the next run sends the same,
under the same Message-ID, and loses nothing. A digest that has nothing left to tell is not sent.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit import tasks
from ultra.kit.clock import now
from ultra.kit.db import transaction
from ultra.kit.tasks import Lease, Refused, Retryable, Trigger
from ultra.notifications.channels import email
from ultra.notifications.channels.email import EmailParcel
from ultra.notifications.channels.protocol import Outcome, Unsendable, Verdict
from ultra.notifications.deliveries import attempts, repository
from ultra.notifications.deliveries import service as deliveries
from ultra.notifications.deliveries.audience import may_hear
from ultra.notifications.deliveries.models import Delivery, Digest
from ultra.notifications.deliveries.service import Draft
from ultra.notifications.deliveries.states import NOT_ALLOWED, UNWANTED, DeliveryState
from ultra.notifications.inbox.models import Notification
from ultra.notifications.kinds import ChannelName
from ultra.notifications.letters import writing
from ultra.notifications.letters.writing import Item
from ultra.notifications.preferences import service as preferences
from ultra.notifications.preferences.service import Preferences

SEND = "notifications.send_digest"


def add(session: Session, user_id: UUID, wanted: Preferences, draft: Draft) -> None:
    """Let a notification wait for the person's next digest."""
    digest, is_new = repository.open_digest(session, user_id, wanted.next_digest(now()))
    if is_new:
        digest.job_id = tasks.enqueue(
            session,
            SEND,
            digest.id,
            # The person's own: it gathers news of all their workspaces.
            workspace_id=None,
            trigger=Trigger.EVENT,
            trigger_key=f"digest:{digest.id}",
            not_before=digest.due_at,
            deadline=digest.due_at + deliveries.WORTH,
        )
    delivery = deliveries.insert(session, draft, digest.id)
    if delivery is not None:
        delivery.job_id = digest.job_id
    session.flush()


def send(lease: Lease, digest_id: UUID) -> dict[str, int]:
    """Send what a digest holds. Raises Retryable or Refused, or Postponed in quiet hours."""
    with transaction() as session:
        lease.guard(session)
        parcel, count = _close(session, digest_id)
    if parcel is None:
        return {"notifications": 0}
    outcome = parcel.send()
    with transaction() as session:
        lease.guard(session)
        _record(session, digest_id, outcome)
    if outcome.verdict is Verdict.REFUSED:
        raise Refused(outcome.excerpt or "refused", "mail_refused")
    if outcome.verdict is not Verdict.DELIVERED:
        raise Retryable(outcome.excerpt or "not now")
    return {"notifications": count}


def give_up(session: Session, digest_id: UUID) -> None:
    """Its job ended without success."""
    digest = repository.find_digest(session, digest_id)
    if digest is None or digest.finished_at is not None or tasks.is_taken_up_again(session):
        return
    digest.closed_at = digest.closed_at or now()
    _finish(session, digest, DeliveryState.FAILED, "given_up")


def revive(session: Session, digest_id: str) -> None:
    """Somebody puts its job back: what it held is on its way again."""
    digest = repository.find_digest(session, UUID(digest_id))
    if digest is None:
        return
    digest.finished_at = None
    for delivery in repository.failed_of(session, digest.id):
        delivery.state, delivery.finished_at = DeliveryState.PENDING, None


def _close(session: Session, digest_id: UUID) -> tuple[EmailParcel | None, int]:
    digest = repository.find_digest(session, digest_id)
    if digest is None or digest.finished_at is not None:
        return None, 0
    wanted = preferences.get(session, digest.user_id)
    attempts.wait_for_day(wanted)
    digest.closed_at = digest.closed_at or now()
    items = _still_wanted(session, wanted, repository.items_of(session, digest.id))
    if not items:
        digest.finished_at = now()
        return None, 0
    told = [Item(each.kind, each.facts, each.created_at, each.workspace_id) for each in items]
    written = writing.write_digest(email.reader_of(session, digest.user_id), told)
    try:
        return email.envelope(session, digest.user_id, digest.id, written), len(told)
    except Unsendable as error:
        _finish(session, digest, DeliveryState.FAILED, error.code)
        return None, 0


def _still_wanted(
    session: Session, wanted: Preferences, items: list[tuple[Delivery, Notification]]
) -> list[Notification]:
    kept = []
    for delivery, notification in items:
        is_wanted = wanted.wants(delivery.kind, ChannelName.EMAIL)
        if not is_wanted or notification.deleted_at is not None:
            code = UNWANTED
        elif not may_hear(session, notification):
            code = NOT_ALLOWED
        else:
            kept.append(notification)
            continue
        delivery.state, delivery.error_code = DeliveryState.FAILED, code
        delivery.finished_at = now()
    return kept


def _record(session: Session, digest_id: UUID, outcome: Outcome) -> None:
    digest = repository.find_digest(session, digest_id)
    if digest is None:
        return
    for delivery, _ in repository.items_of(session, digest_id):
        delivery.attempts, delivery.error_code = delivery.attempts + 1, outcome.code
    if outcome.verdict is Verdict.DELIVERED:
        _finish(session, digest, DeliveryState.DELIVERED, None)
    elif outcome.verdict is Verdict.REFUSED:
        _finish(session, digest, DeliveryState.FAILED, outcome.code)


def _finish(session: Session, digest: Digest, state: DeliveryState, code: str | None) -> None:
    digest.finished_at = now()
    for delivery, _ in repository.items_of(session, digest.id):
        delivery.state, delivery.error_code = state, code
        delivery.finished_at = now()
