"""Ends what a killed supervisor left behind; knows every child by its pid and its time of birth.

Two callers: the next start, and the guard, a small process that waits for the supervisor's death
(`python -m ultra.local.leftovers <record> <mark>`) and then does the same at once.
"""

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from signal import SIGKILL

import psutil

MARK = "ULTRA_STACK_PROCESS"
"""Set in every child and inherited by all it starts, so that strays can be told to be ours."""

SAME_BIRTH_SECONDS = 2
"""The clock may be set while a process lives; a pid is not used twice within this time."""


@dataclass(frozen=True)
class Leftover:
    name: str
    pid: int
    born: float
    stop_signal: int
    grace_seconds: float

    def process(self) -> psutil.Process | None:
        """The live process, or None when it is gone and its number perhaps someone else's."""
        try:
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.born) > SAME_BIRTH_SECONDS:
                return None
            return None if process.status() == psutil.STATUS_ZOMBIE else process
        except psutil.NoSuchProcess:
            return None


def write(record: Path, children: list[Leftover]) -> None:
    draft = record.with_suffix(".draft")
    draft.write_text(json.dumps([asdict(child) for child in children]))
    draft.replace(record)


def read(record: Path) -> list[Leftover]:
    try:
        return [Leftover(**child) for child in json.loads(record.read_text())]
    except (FileNotFoundError, ValueError, TypeError):
        return []


def end_all(record: Path, mark: str) -> list[str]:
    """End recorded children, last started first, then strays; returns the names of what lived."""
    ended = []
    for child in reversed(read(record)):
        process = child.process()
        if process is None:
            continue
        ended.append(child.name)
        with suppress(psutil.NoSuchProcess):
            process.send_signal(child.stop_signal)
        _, alive = psutil.wait_procs([process], timeout=child.grace_seconds)
        if alive:
            with suppress(ProcessLookupError):
                # Every child leads its own group.
                os.killpg(child.pid, SIGKILL)
    ended.extend(kill_strays(mark))
    if record.exists():
        write(record, [])
    return ended


def kill_strays(mark: str) -> list[str]:
    """Kill every process that carries our mark, whoever its parent is now."""
    killed = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            ours = process.environ().get(MARK, "").startswith(mark)
            if ours and process.pid != os.getpid():
                killed.append(process.name())
                process.kill()
    return killed


def main() -> None:
    record, mark = Path(sys.argv[1]), sys.argv[2]
    # Ends when the supervisor does, however that happened: the other end of the pipe closes.
    sys.stdin.buffer.read()
    end_all(record, mark)


if __name__ == "__main__":
    main()
