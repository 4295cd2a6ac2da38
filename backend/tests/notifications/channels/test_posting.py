"""What an answer means, and for how long a receiver asks us to wait."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.notifications.receiver import Receiver, Reply
from ultra.kit.clock import now
from ultra.notifications.channels.posting import post, read_retry_after
from ultra.notifications.channels.protocol import Outcome, Verdict
from ultra.settings import settings


def send(url: str) -> Outcome:
    return post(url, b"{}", {}, gone=(410,), refused=(400,))


@pytest.mark.parametrize(
    ("status", "verdict", "code"),
    [
        (200, Verdict.DELIVERED, None),
        (204, Verdict.DELIVERED, None),
        (301, Verdict.LATER, "bad_status"),
        (400, Verdict.REFUSED, "refused"),
        (404, Verdict.LATER, "bad_status"),
        (410, Verdict.GONE, "gone"),
        (429, Verdict.LATER, "throttled"),
        (500, Verdict.LATER, "bad_status"),
    ],
)
def test_statuses(receiver: Receiver, status: int, verdict: Verdict, code: str | None) -> None:
    receiver.reply(Reply(status, b"" if status == 204 else b"so"))
    outcome = send(receiver.url())
    assert (outcome.verdict, outcome.code, outcome.status) == (verdict, code, status)
    assert outcome.excerpt == (None if status == 204 else "so")


def test_silence_is_not_knowing(receiver: Receiver) -> None:
    receiver.reply(Reply(is_silent=True))
    outcome = send(receiver.url())
    assert (outcome.verdict, outcome.code) == (Verdict.UNKNOWN, "no_answer")


def test_nobody_there_is_a_passing_fault(free_address: str) -> None:
    outcome = send(free_address)
    assert (outcome.verdict, outcome.code) == (Verdict.LATER, "unreachable")


@pytest.fixture
def free_address() -> str:
    """Where a receiver would be, if one were running."""
    return f"http://127.0.0.1:{settings.sandbox_port}/hook"


def test_an_address_that_is_not_public_is_not_called() -> None:
    outcome = send("https://169.254.169.254/latest/meta-data")
    assert (outcome.verdict, outcome.code) == (Verdict.LATER, "address_refused")


def test_only_a_busy_receiver_is_believed_about_waiting(receiver: Receiver) -> None:
    receiver.reply(Reply(500, headers={"retry-after": "60"}))
    assert send(receiver.url()).after is None
    receiver.reply(Reply(503, headers={"retry-after": "60"}))
    assert send(receiver.url()).after == timedelta(seconds=60)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0.5", 0.5),
        ("0", 0),
        ("-5", 0),
        ("99999999999999999999", 86_400),
        ("1e300", 86_400),
        ("inf", 86_400),
    ],
)
def test_seconds(header: str, seconds: float) -> None:
    assert read_retry_after(header) == timedelta(seconds=seconds)


def test_a_date() -> None:
    header = format_datetime(now() + timedelta(minutes=10), usegmt=True)
    found = read_retry_after(header)
    assert found is not None
    assert timedelta(minutes=9) < found <= timedelta(minutes=10)
    assert read_retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == timedelta()


@pytest.mark.parametrize("header", [None, "", "soon", "nan", "Wed, 21 Oct 2015 07:28:00 -0000"])
def test_nothing_to_go_by(header: str | None) -> None:
    assert read_retry_after(header) is None
