"""One supervisor per ULTRA_HOME, by locks that vanish with their process however that ends.

Two files: the supervisor holds the first; its guard holds the second for as long as it lives, so
that the next start waits until the guard has ended what a killed supervisor left behind.
"""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

NAME = "stack.lock"
GUARD_NAME = "guard.lock"
LOOK_SECONDS = 0.3
GUARD_SECONDS = 180
"""Longer than the grace times of all processes together."""


class AlreadyRunningError(Exception):
    """Another supervisor holds this ULTRA_HOME."""


def take(home: Path) -> IO[str]:
    """Hold the home until the returned file is closed."""
    # Waits a little: `holder` takes the lock for a moment when it looks, and is no supervisor.
    file = _lock(home / NAME, LOOK_SECONDS)
    if file is None:
        pid = holder(home) or "unknown"
        raise AlreadyRunningError(f"The stack in {home} is already running (process {pid}).")
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def take_guards_place(home: Path) -> IO[str]:
    """Wait for an earlier guard to finish; the returned file is to be handed to the next one."""
    file = _lock(home / GUARD_NAME, GUARD_SECONDS)
    if file is None:
        raise AlreadyRunningError(
            f"The guard of an earlier run still ends processes of {home}. Try again in a minute."
        )
    return file


def holder(home: Path) -> int | None:
    """The pid of the supervisor that holds this home, None when nobody does."""
    with suppress(FileNotFoundError, ValueError), (home / NAME).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(file.read())
    return None


def _lock(path: Path, seconds: float) -> IO[str] | None:
    file = path.open("a+")
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                file.close()
                return None
            time.sleep(0.05)
        else:
            return file
