"""The one place that asks for the time, so that tests can set it.

Leases, due times and everything that several machines compare use the database's clock instead.
"""

from datetime import UTC, datetime
from typing import Final

from ultra.kit.errors import Language

# The names of months are English whatever the machine speaks: nobody sets its locale.
_FORMATS: Final[dict[Language, str]] = {"tr": "%d.%m.%Y %H:%M", "en": "%d %b %Y, %H:%M"}


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def write(at: datetime, language: Language) -> str:
    """A moment as people read it, on the clock of its own time zone."""
    return f"{at:{_FORMATS[language]}}"
