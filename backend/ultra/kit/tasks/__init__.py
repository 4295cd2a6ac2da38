"""Background work: a job is a row in PostgreSQL, Celery on Redis only carries its id.

A worker wins a row by a conditional update (the claim) and keeps it by a lease that it renews. So a
message may be lost, doubled or late without harm; `sweeper` hands out again what stands still.

    states, models, journal     what a job is, and the one way in which it changes
    registry, queue, schedules  which tasks exist; asking for one now, later, again and again
    admission, relay, sweeper   the dispatcher's work: let in, send, settle
    runner, lease, keeper       the worker's work: win a job, do it, keep it meanwhile
    outcomes                    what became of it
    broker, carriers, turns     Celery: how an id travels, and which queue is looked at first
    presence, watchdog          who works here, and the end of those that are stuck
"""

from ultra.kit.tasks.lease import Lease, current_lease
from ultra.kit.tasks.models import Job, Trigger
from ultra.kit.tasks.queue import (
    cancel,
    cancel_job,
    drop,
    enqueue,
    is_taken_up_again,
    pause_job,
    put_back,
    resume_job,
)
from ultra.kit.tasks.registry import (
    Postponed,
    Priority,
    Queue,
    RateLimited,
    Refused,
    Retryable,
    Task,
    load_tasks,
    task,
)
from ultra.kit.tasks.states import JobState

__all__ = [
    "Job",
    "JobState",
    "Lease",
    "Postponed",
    "Priority",
    "Queue",
    "RateLimited",
    "Refused",
    "Retryable",
    "Task",
    "Trigger",
    "cancel",
    "cancel_job",
    "current_lease",
    "drop",
    "enqueue",
    "is_taken_up_again",
    "load_tasks",
    "pause_job",
    "put_back",
    "resume_job",
    "task",
]
