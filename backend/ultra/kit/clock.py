"""The one place that asks for the time, so that tests can set it.

Leases, due times and everything that several machines compare use the database's clock instead.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
