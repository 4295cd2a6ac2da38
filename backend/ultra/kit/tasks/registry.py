"""Which tasks exist: a name, a function, a queue, what to do when it fails.

Tasks are named `<service>.<verb>_<noun>` in full, so files can move while messages wait.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from ultra.kit import modules
from ultra.kit.errors import Invalid, Language
from ultra.kit.log import get_logger
from ultra.settings import settings

log = get_logger()


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


class Postponed(Exception):
    """Not now, for a reason of our own. Nothing was tried, so it is no attempt."""

    def __init__(self, reason: str, after: timedelta) -> None:
        super().__init__(reason)
        self.after = after


class RateLimited(Postponed):
    """Not now, because the other side asks to wait."""


class Refused(Exception):
    """Trying again is useless: the job fails at once, with this code."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


class InputUnfit(Invalid):
    tr = (
        "Bu iş bu girdiyle çalışamaz, bu yüzden hiçbir şey değiştirilmedi. "
        "Değerlerin sayısı ve türü işin beklediği gibi olmalı."
    )
    en = (
        "The job cannot work with this input, so nothing was changed. "
        "It needs as many values as it expects, each of the right kind."
    )


Run = Callable[..., Any]
Revive = Callable[..., None]
"""Takes a session and the job's arguments: makes its subject ready for another run, or raises."""
Title = Mapping[Language, str]


@dataclass(frozen=True)
class Task:
    name: str
    run: Run
    queue: Queue
    title: Title
    """What it does, for people who look at the list of jobs."""
    every: timedelta | None
    """Set for a recurring task: the dispatcher starts it this often."""
    failed: str | None
    """Task that is told (same arguments plus the error code) when this one ends without success."""
    attempts: int | None
    delays: Sequence[timedelta]
    """Pauses after the first, second… error; with none of them full jitter decides."""
    revive: Revive | None
    limit: timedelta | None = None
    """Longest run. One that goes on for longer is stopped, by the end of its process if need be."""

    def __call__(self, *args: Any) -> Any:
        return self.run(*args)

    @property
    def limit_seconds(self) -> float:
        return self.limit.total_seconds() if self.limit else settings.jobs.limit_minutes * 60

    @property
    def max_attempts(self) -> int:
        return self.attempts or settings.jobs.max_attempts


_tasks: dict[str, Task] = {}


def task(
    name: str,
    *,
    queue: Queue,
    title: Title,
    every: timedelta | None = None,
    failed: str | None = None,
    attempts: int | None = None,
    delays: Sequence[timedelta] = (),
    revive: Revive | None = None,
    limit: timedelta | None = None,
) -> Callable[[Run], Task]:
    """Register a function as a background task; it is still called like a function in tests."""

    def register(function: Run) -> Task:
        if name in _tasks:
            raise ValueError(f"two tasks are named {name}")
        _tasks[name] = Task(
            name, function, queue, title, every, failed, attempts, delays, revive, limit
        )
        return _tasks[name]

    return register


def load_tasks() -> None:
    """Import every module of tasks; each process does so at its start."""
    modules.load("tasks")
    modules.load("subscribers")
    modules.load("offers")


def get_task(name: str) -> Task:
    """The task of this name. Raises KeyError for a misspelt one."""
    return _tasks[name]


def find_task(name: str) -> Task | None:
    """The task of this name; None for one that this version of the code lacks."""
    return _tasks.get(name)


def all_tasks() -> list[Task]:
    return list(_tasks.values())


def revive(session: Session, name: str, args: Sequence[Any]) -> None:
    """Let the task's service prepare another run of a job that was given up.

    Raises what the service refuses with, and InputUnfit for arguments that it cannot read: people
    edit them, and jobs may be older than the code.
    """
    known = find_task(name)
    if known is None or known.revive is None:
        return
    try:
        known.revive(session, *args)
    except (TypeError, ValueError, AttributeError) as error:
        # Logged in full, because a mistake of the service's own would look the same.
        log.warning("job.not_revived", task=name, exc_info=True)
        raise InputUnfit from error
