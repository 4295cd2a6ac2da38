"""One supervisor per ULTRA_HOME, by a lock that vanishes with its process however that ends."""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

NAME = "stack.lock"
TRIES = 5


class AlreadyRunningError(Exception):
    """Another supervisor holds this ULTRA_HOME."""


def take(home: Path) -> IO[str]:
    """Hold the home until the returned file is closed."""
    file = (home / NAME).open("a+")
    for _ in range(TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # `holder` takes the lock for a moment when it looks: that is no supervisor.
            time.sleep(0.05)
            continue
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        return file
    file.close()
    pid = holder(home) or "unknown"
    raise AlreadyRunningError(f"The stack in {home} is already running (process {pid}).")


def holder(home: Path) -> int | None:
    """The pid of the supervisor that holds this home, None when nobody does."""
    with suppress(FileNotFoundError, ValueError), (home / NAME).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(file.read())
    return None
