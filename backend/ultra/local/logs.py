"""Log files of the children: they write to them directly, we rotate, read the end and follow.

No pipe runs through the supervisor, so a frozen terminal never blocks a child and its last words
are on disk even when the supervisor dies first.
"""

import time
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

LIMIT_BYTES = 10 * 1024**2
KEPT = 3
OWN = "ultra"
"""The supervisor's own log."""


def path_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.log"


def note(folder: Path, text: str) -> None:
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    with path_of(folder, OWN).open("a") as file:
        file.write(f"{moment} {text}\n")


def rotate(folder: Path) -> None:
    """Copy what grew too large and empty it in place: its writer keeps the file open.

    Lines written between the copy and the cut are lost, which at this size is a matter of luck
    once in ten megabytes.
    """
    for path in folder.glob("*.log"):
        if path.stat().st_size <= LIMIT_BYTES:
            continue
        for number in range(KEPT - 1, 0, -1):
            older = path.with_suffix(f".log.{number}")
            if older.exists():
                older.replace(path.with_suffix(f".log.{number + 1}"))
        path.with_suffix(".log.1").write_bytes(path.read_bytes())
        with path.open("r+b") as file:
            file.truncate(0)


def last_lines(path: Path, count: int = 20, *, since: int = 0) -> list[str]:
    """The end of a log, at most what was written after byte `since`."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(since if since <= size else 0, size - 64 * 1024))
            text = file.read().decode(errors="replace")
    except FileNotFoundError:
        return []
    return list(deque(text.splitlines(), maxlen=count))


class Follower:
    """Reads what is new in a set of logs since the last look."""

    def __init__(self, folder: Path, names: set[str] | None = None) -> None:
        self._folder = folder
        self._names = names
        self._positions = {path: path.stat().st_size for path in self._paths()}
        self._halves: dict[Path, bytes] = {}

    def _paths(self) -> list[Path]:
        found = sorted(self._folder.glob("*.log"))
        return [path for path in found if self._names is None or path.stem in self._names]

    def new_lines(self) -> Iterator[tuple[str, str]]:
        for path in self._paths():
            position = self._positions.get(path, 0)
            with path.open("rb") as file:
                size = file.seek(0, 2)
                file.seek(position if position <= size else 0)
                data = self._halves.pop(path, b"") + file.read()
                self._positions[path] = file.tell()
            *lines, half = data.split(b"\n")
            if half:
                self._halves[path] = half
            for line in lines:
                yield path.stem, line.decode(errors="replace")

    def follow(self) -> Iterator[tuple[str, str]]:
        while True:
            yield from self.new_lines()
            time.sleep(0.2)
