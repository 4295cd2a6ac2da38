"""Shapes of requests and responses about dead letters."""

from uuid import UUID

from pydantic import Field

from ultra.jobs.visibility import View
from ultra.kit.http import RequestShape, ResponseShape


class DeadLetterChoice(RequestShape):
    """Which ones: these ids, those of one task, or all of them."""

    scope: View = View.OWN
    ids: list[UUID] | None = Field(default=None, max_length=1000)
    name: str | None = Field(default=None, max_length=100, description="The task's name")


class Changed(ResponseShape):
    changed: int = Field(description="Jobs whose state has changed")
