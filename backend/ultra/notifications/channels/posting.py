"""One POST to somebody else's address, and what its answer means."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime

from ultra.kit import outgoing
from ultra.kit.clock import now
from ultra.notifications.channels.protocol import Outcome, Verdict

EXCERPT_BYTES = 1024
LONGEST_WAIT = timedelta(hours=24)
TOO_MANY = 429
THROTTLED = (TOO_MANY, 502, 503, 504)


def post(
    url: str,
    content: bytes,
    headers: Mapping[str, str],
    *,
    gone: Collection[int],
    refused: Collection[int] = (),
) -> Outcome:
    """Send once. `gone` and `refused` are the statuses that mean so; others are tried again."""
    try:
        answer = outgoing.post(url, content, headers)
    except outgoing.AddressRefused:
        # The name may lead to another address tomorrow, so it is a fault like others.
        return Outcome(Verdict.LATER, "address_refused")
    except outgoing.Unreachable:
        return Outcome(Verdict.LATER, "unreachable")
    except outgoing.NoAnswer:
        return Outcome(Verdict.UNKNOWN, "no_answer")
    excerpt = answer.text.encode()[:EXCERPT_BYTES].decode(errors="ignore") or None
    if answer.is_success:
        return Outcome(Verdict.DELIVERED, status=answer.status, excerpt=excerpt)
    if answer.status in gone:
        return Outcome(Verdict.GONE, "gone", answer.status, excerpt)
    if answer.status in refused:
        return Outcome(Verdict.REFUSED, "refused", answer.status, excerpt)
    after = None
    if answer.status in THROTTLED:
        after = read_retry_after(answer.headers.get("retry-after"))
    code = "throttled" if answer.status == TOO_MANY else "bad_status"
    return Outcome(Verdict.LATER, code, answer.status, excerpt, after)


def read_retry_after(header: str | None) -> timedelta | None:
    """Seconds or a date (RFC 9110 §10.2.3), a day at most; None for anything else."""
    if not header:
        return None
    try:
        wait = timedelta(seconds=float(header))
    except OverflowError:
        return LONGEST_WAIT
    except ValueError:
        try:
            wait = parsedate_to_datetime(header) - now()
        except (ValueError, TypeError):
            # Not a date, or one without a zone.
            return None
    return min(max(wait, timedelta()), LONGEST_WAIT)
