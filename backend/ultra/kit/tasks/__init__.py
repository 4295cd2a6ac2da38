"""Background work: a job is a row in PostgreSQL, Celery on Redis only carries its id.

A worker wins a row by a conditional update (the claim) and keeps it by a lease that it renews. So a
message may be lost, doubled or late without harm; `sweeper` hands out again what stands still.
"""

from ultra.kit.tasks.lease import Lease, current_lease
from ultra.kit.tasks.models import Job, JobState
from ultra.kit.tasks.queue import cancel, enqueue
from ultra.kit.tasks.registry import Priority, Queue, Retryable, Task, load_tasks, task

__all__ = [
    "Job",
    "JobState",
    "Lease",
    "Priority",
    "Queue",
    "Retryable",
    "Task",
    "cancel",
    "current_lease",
    "enqueue",
    "load_tasks",
    "task",
]
