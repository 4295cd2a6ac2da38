"""What one process of the stack is: its command, what it waits for, how it proves to be well."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from signal import Signals
from typing import Literal

LAUNCHER = str(Path(__file__).with_name("launch.py"))


class CannotStartError(Exception):
    """A process cannot be started at all; the text says why and what to do."""


class Unhealthy(Exception):
    """The process runs and is not ready yet, or no longer; the text says why."""


def nothing() -> None:
    """Stand in for a step that a process does not need."""


@dataclass(frozen=True)
class Process:
    """One line of the table in `product.py`."""

    name: str
    command: tuple[str, ...]
    after: tuple[str, ...] = ()
    """Names of the processes that must be healthy first; those absent from the table count so."""
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: Literal["SIGTERM", "SIGINT", "SIGQUIT"] = "SIGTERM"
    grace_seconds: float = 10
    """How long it may take to end before it is killed."""
    start_seconds: float = 60
    """How long it may take to become healthy before we give up, or restart it if it once was."""
    runs_once: bool = False
    """A step such as the migration: healthy when it has ended well, never restarted."""
    never_root: Path | None = None
    """Set for a program that refuses to be root: the data folder that it has to own."""
    before: Callable[[], None] = nothing
    """Runs before each start."""
    check: Callable[[], None] = nothing
    """Raises Unhealthy while the process is not ready; runs in a thread."""
    settle_seconds: float = 0
    """For a process that cannot be asked: how long it must have lived to count as healthy."""
    once_healthy: Callable[[], None] = nothing
    """Runs after the first successful check of each start."""

    @property
    def signal(self) -> Signals:
        return Signals[self.stop_signal]


def launched(
    command: tuple[str, ...], *, never_root: Path | None = None, signal: int = Signals.SIGKILL
) -> tuple[str, ...]:
    """Wrap a command so that the program ends when we do, and is not root where it must not be."""
    folder = "-" if never_root is None else str(never_root)
    parts = (str(os.getpid()), str(int(signal)), folder, "--")
    return (sys.executable, "-I", "-S", LAUNCHER, *parts, *command)
