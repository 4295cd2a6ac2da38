"""Which job this code runs for, if it runs for one: known to all that the job calls."""

from contextvars import ContextVar
from uuid import UUID

RUNNING: ContextVar[UUID | None] = ContextVar("running_job", default=None)


def running_job_id() -> UUID | None:
    """The job that is running here, which becomes the parent of those that it asks for."""
    return RUNNING.get()
