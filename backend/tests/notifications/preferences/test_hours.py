"""Quiet hours and digest times on a person's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultra.notifications.preferences.hours import moment, next_at, next_hour, quiet_until

ISTANBUL = ZoneInfo("Europe/Istanbul")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
KATHMANDU = ZoneInfo("Asia/Kathmandu")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def clock(text: str) -> time:
    return time.fromisoformat(text)


# Berlin: spring 2026-03-29 02:00→03:00 (01:00 UTC), autumn 2026-10-25 03:00→02:00 (01:00 UTC).
@pytest.mark.parametrize(
    ("zone", "start", "end", "now", "until"),
    [
        # A plain day: 22:00 to 08:00 in Istanbul is 19:00 to 05:00 UTC.
        (ISTANBUL, "22:00", "08:00", "2026-06-10T18:59:59", None),
        (ISTANBUL, "22:00", "08:00", "2026-06-10T19:00:00", "2026-06-11T05:00:00"),
        (ISTANBUL, "22:00", "08:00", "2026-06-11T02:00:00", "2026-06-11T05:00:00"),
        (ISTANBUL, "22:00", "08:00", "2026-06-11T04:59:59", "2026-06-11T05:00:00"),
        (ISTANBUL, "22:00", "08:00", "2026-06-11T05:00:00", None),
        # Within one day.
        (ISTANBUL, "13:00", "15:30", "2026-06-10T11:00:00", "2026-06-10T12:30:00"),
        (ISTANBUL, "13:00", "15:30", "2026-06-10T12:30:00", None),
        # The night in which an hour is skipped is an hour shorter…
        (BERLIN, "22:00", "08:00", "2026-03-28T21:30:00", "2026-03-29T06:00:00"),
        (BERLIN, "22:00", "08:00", "2026-03-29T05:59:00", "2026-03-29T06:00:00"),
        # …and the one in which an hour comes twice an hour longer.
        (BERLIN, "22:00", "08:00", "2026-10-24T20:30:00", "2026-10-25T07:00:00"),
        (BERLIN, "22:00", "08:00", "2026-10-25T06:59:00", "2026-10-25T07:00:00"),
        # An end that is skipped: over as soon as the clock is past it.
        (BERLIN, "22:00", "02:30", "2026-03-29T00:30:00", "2026-03-29T01:00:00"),
        (BERLIN, "22:00", "02:30", "2026-03-29T01:00:00", None),
        # A beginning that is skipped.
        (BERLIN, "02:30", "06:00", "2026-03-29T00:59:59", None),
        (BERLIN, "02:30", "06:00", "2026-03-29T01:00:00", "2026-03-29T04:00:00"),
        # Both skipped: there are none that night.
        (BERLIN, "02:10", "02:50", "2026-03-29T01:00:00", None),
        # An end that comes twice: at the second one, without a hole in between.
        (BERLIN, "22:00", "02:30", "2026-10-25T00:31:00", "2026-10-25T01:30:00"),
        (BERLIN, "22:00", "02:30", "2026-10-25T01:29:00", "2026-10-25T01:30:00"),
        (BERLIN, "22:00", "02:30", "2026-10-25T01:30:00", None),
        # A beginning that comes twice: at the first one.
        (BERLIN, "02:30", "06:00", "2026-10-25T00:29:00", None),
        (BERLIN, "02:30", "06:00", "2026-10-25T00:30:00", "2026-10-25T05:00:00"),
        (BERLIN, "02:30", "06:00", "2026-10-25T01:10:00", "2026-10-25T05:00:00"),
        # A zone west of Greenwich, where the day of UTC is not its day.
        (NEW_YORK, "22:00", "07:00", "2026-07-02T02:30:00", "2026-07-02T11:00:00"),
        # A gap of half an hour: 2026-10-04 02:00→02:30 (15:30 UTC the day before).
        (LORD_HOWE, "22:00", "02:10", "2026-10-03T15:00:00", "2026-10-03T15:30:00"),
    ],
)
def test_quiet_until(zone: ZoneInfo, start: str, end: str, now: str, until: str | None) -> None:
    found = quiet_until(utc(now), zone, clock(start), clock(end))
    assert found == (utc(until) if until else None)


minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))
zones = st.sampled_from([ISTANBUL, BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU])


@given(moments, zones, minutes, minutes)
def test_whenever_the_clock_shows_a_quiet_time_it_is_quiet(
    now: datetime, zone: ZoneInfo, start: time, end: time
) -> None:
    shown = now.astimezone(zone).time()
    is_inside = start <= shown < end if start < end else shown >= start or shown < end
    until = quiet_until(now, zone, start, end)
    if is_inside and start != end:
        assert until is not None
    if until is not None:
        assert timedelta() < until - now <= timedelta(hours=25)


@given(days, minutes, zones)
def test_a_moment_shows_its_time_unless_that_is_skipped(
    day: date, at: time, zone: ZoneInfo
) -> None:
    for last in (False, True):
        local = moment(day, at, zone, last=last).astimezone(zone)
        shown = local.replace(tzinfo=None)
        wanted = datetime.combine(day, at)
        # In a gap the clock shows the end of it, at most an hour later.
        assert timedelta() <= shown - wanted < timedelta(hours=1)
        if shown != wanted:
            just_before = (local.astimezone(UTC) - timedelta(seconds=1)).astimezone(zone)
            assert just_before.replace(tzinfo=None) < wanted


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        (ISTANBUL, "2026-06-10T10:00:00", "2026-06-10T11:00:00"),
        (ISTANBUL, "2026-06-10T10:59:59", "2026-06-10T11:00:00"),
        # Fifteen to an hour of UTC is a full hour in Kathmandu.
        (KATHMANDU, "2026-06-10T10:20:00", "2026-06-10T11:15:00"),
    ],
)
def test_next_hour(zone: ZoneInfo, now: str, due: str) -> None:
    assert next_hour(utc(now), zone) == utc(due)


@pytest.mark.parametrize(
    ("zone", "at", "now", "due"),
    [
        (ISTANBUL, "09:00", "2026-06-10T05:59:00", "2026-06-10T06:00:00"),
        (ISTANBUL, "09:00", "2026-06-10T06:00:00", "2026-06-11T06:00:00"),
        # The day after the clock was set forward is at another hour of UTC.
        (BERLIN, "09:00", "2026-03-28T09:00:00", "2026-03-29T07:00:00"),
        # A skipped hour, and one that comes twice: once a day all the same.
        (BERLIN, "02:00", "2026-03-29T00:30:00", "2026-03-29T01:00:00"),
        (BERLIN, "02:00", "2026-03-29T01:00:00", "2026-03-30T00:00:00"),
        (BERLIN, "02:00", "2026-10-24T23:00:00", "2026-10-25T00:00:00"),
        (BERLIN, "02:00", "2026-10-25T00:00:00", "2026-10-26T01:00:00"),
    ],
)
def test_next_at(zone: ZoneInfo, at: str, now: str, due: str) -> None:
    assert next_at(utc(now), zone, clock(at)) == utc(due)
