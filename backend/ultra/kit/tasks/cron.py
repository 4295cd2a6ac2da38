"""Cron expressions in time zones, read by `cronsim`."""

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from ultra.kit.errors import Invalid

FIELDS = 5


class InvalidCron(Invalid):
    tr = (
        "Cron ifadesi anlaşılamadı ya da hiçbir güne denk gelmiyor. Beş alan gerekir: dakika, "
        "saat, ayın günü, ay, haftanın günü; örneğin her pazartesi 09.00 için 0 9 * * MON."
    )
    en = (
        "The cron expression could not be understood, or it fits no day at all. It needs five "
        "fields: minute, hour, day of the month, month, day of the week; 0 9 * * MON is every "
        "Monday at 09:00, for example."
    )


class UnknownZone(Invalid):
    tr = "“{zone}” adında bir saat dilimi yok. Örnek: Europe/Istanbul."
    en = "There is no time zone called “{zone}”. An example: Europe/Istanbul."


def find_zone(name: str) -> ZoneInfo:
    """Raises UnknownZone, also for one that only other machines have."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZone(zone=name) from error


def instants(expression: str, zone: ZoneInfo, start: datetime, count: int) -> list[datetime]:
    """The next instants after `start`, in UTC; at least one, fewer than `count` for rare days.

    They follow Debian's rules at clock changes: a fixed time that is skipped in spring runs right
    after the gap, one that comes twice in autumn runs once, and wildcards follow the real hours.
    Raises InvalidCron.
    """
    if len(expression.split()) != FIELDS:
        raise InvalidCron
    try:
        # It gives up by itself when nothing fits within fifty years.
        found = CronSim(expression, start.astimezone(zone))
        # In the hour that autumn repeats it begins with what was due in the first of the two.
        later = (at for each in found if (at := each.astimezone(UTC)) > start)
        taken = list(islice(later, count))
    except CronSimError as error:
        raise InvalidCron from error
    if not taken:
        raise InvalidCron
    return taken
