"""Quiet hours and digest times on a person's own clock, also on the two odd nights of a year.

In spring a clock skips times, in autumn it shows some twice. The rule: whenever the clock shows a
quiet time it is quiet, and a night has one quiet stretch without holes.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


def quiet_until(now: datetime, zone: ZoneInfo, start: time, end: time) -> datetime | None:
    """When the quiet hours that hold now end; None outside of them."""
    today = now.astimezone(zone).date()
    for day in (today - ONE_DAY, today):
        begins = moment(day, start, zone)
        ends = moment(day + ONE_DAY if end <= start else day, end, zone, last=True)
        if begins <= now < ends:
            return ends
    return None


def next_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """When the person's clock shows the next full hour; some zones are half an hour off."""
    local = now.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return now + (timedelta(hours=1) - past)


def next_at(now: datetime, zone: ZoneInfo, at: time) -> datetime:
    """When the person's clock shows this time next."""
    today = now.astimezone(zone).date()
    moments = (moment(today + ONE_DAY * ahead, at, zone) for ahead in range(3))
    return next(found for found in moments if found > now)


def moment(day: date, at: time, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """When the clock shows this time on this day.

    Of two such moments the first or the last; for a time that is skipped, the end of the gap.
    """
    wall = datetime.combine(day, at, zone)
    found = wall.replace(fold=int(last)).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(tzinfo=None):
        return found
    # Read with the offset after the gap it lies before it, read with the one before it lies after.
    before, after = (wall.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
