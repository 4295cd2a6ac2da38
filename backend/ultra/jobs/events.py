"""What the jobs service announces to the services above it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class JobGivenUp:
    """A job ended failed or dead: a dead letter that somebody should look at."""

    job_id: UUID
    workspace_id: UUID | None
    """None for work of the product itself: its operators' business."""
    name: str
    error_code: str
