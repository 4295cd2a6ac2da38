"""Which tasks exist: a name, a function, a queue.

Tasks are named `<service>.<verb>_<noun>` in full, so files can move while messages wait.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from ultra.kit import modules


class Queue(StrEnum):
    """Kinds of work; each has its own workers."""

    VIDEO = "video"
    API = "api"
    ANALYTICS = "analytics"
    GENERAL = "general"


class Priority(StrEnum):
    """Separate broker queues: work that a worker has fetched cannot be overtaken any more."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Retryable(Exception):
    """A passing fault: try again, after `after` when the other side said so."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(frozen=True)
class Task:
    name: str
    run: Callable[..., None]
    queue: Queue
    every: timedelta | None
    """Set for a recurring task: the dispatcher enqueues it this often."""
    failed: str | None
    """Task that is told (same arguments plus the error code) when this one is given up."""

    def __call__(self, *args: Any) -> None:
        self.run(*args)


_tasks: dict[str, Task] = {}


def task(
    name: str, *, queue: Queue, every: timedelta | None = None, failed: str | None = None
) -> Callable[[Callable[..., None]], Task]:
    """Register a function as a background task; it is still called like a function in tests."""

    def register(function: Callable[..., None]) -> Task:
        if name in _tasks:
            raise ValueError(f"two tasks are named {name}")
        _tasks[name] = Task(name, function, queue, every, failed)
        return _tasks[name]

    return register


def load_tasks() -> None:
    """Import every module of tasks; each process does so at its start."""
    modules.load("tasks")
    modules.load("subscribers")


def get_task(name: str) -> Task:
    """The task of this name. Raises KeyError for a misspelt one."""
    return _tasks[name]


def told_of_failure(name: str) -> str | None:
    """The task to tell when this one is given up; None also for a task that this code lacks."""
    return known.failed if (known := _tasks.get(name)) else None


def recurring_tasks() -> list[tuple[Task, timedelta]]:
    """Recurring tasks and how often they are due."""
    return [(known, known.every) for known in _tasks.values() if known.every]
