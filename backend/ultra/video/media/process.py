"""Runs a program in a child that cannot eat the machine, reach the network or outlive us.

Everything that parses an uploaded file runs through here: ffmpeg as a program, PyAV as one of our
functions in a fresh interpreter. The child has its own session and is killed as a group.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ultra.settings import settings
from ultra.video.media.launcher import EXIT_NO_ISOLATION

_LAUNCHER = Path(__file__).with_name("launcher.py")
_BACKEND = Path(__file__).resolve().parents[3]
_STDERR_KEPT = 64 * 1024
_STDOUT_KEPT = 16 * 1024 * 1024
_POLL_SECONDS = 0.2
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONPATH": str(_BACKEND),
    # Address space is limited, and on many cores these two would reserve all of it for nothing.
    "MALLOC_ARENA_MAX": "4",
    "OPENBLAS_NUM_THREADS": "1",
}


def never() -> bool:
    """The cancel callback of somebody who never cancels."""
    return False


class MediaError(Exception):
    """A child did not bring a result."""


class MediaTimeout(MediaError):
    """The child ran longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"stopped after {seconds:.0f} s")
        self.seconds = seconds


class MediaCancelled(MediaError):
    """Somebody asked us to stop."""


class MediaFailed(MediaError):
    """The child ended with an error; its last words are in `stderr_tail`."""

    def __init__(self, exit_code: int, stderr_tail: str) -> None:
        super().__init__(f"exit code {exit_code}: {stderr_tail[-500:]}")
        self.exit_code = exit_code
        self.stderr_tail = stderr_tail


@dataclass(frozen=True)
class Limits:
    """What one child may use."""

    wall_seconds: float
    memory_bytes: int = settings.video.memory_bytes
    file_bytes: int = 1 << 40
    open_files: int = 256

    def as_rlimits(self) -> dict[str, int]:
        # All cores together, and the wall limit is the one that normally speaks first.
        cpu_seconds = int(self.wall_seconds * (os.cpu_count() or 1)) + 10
        return {
            "RLIMIT_AS": self.memory_bytes,
            "RLIMIT_CPU": cpu_seconds,
            "RLIMIT_FSIZE": self.file_bytes,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_CORE": 0,
        }


@dataclass(frozen=True)
class Completed:
    """What a child said before it ended well."""

    stdout: bytes
    stderr_tail: str


@cache
def has_network_isolation() -> bool:
    """Say whether children get a network of their own; some containers forbid it."""
    command = _launch(["/bin/true"], Limits(wall_seconds=5), isolate=True)
    return subprocess.run(command, check=False, capture_output=True, timeout=10).returncode == 0


def run(
    program: Sequence[str],
    limits: Limits,
    *,
    folder: Path,
    stdin: bytes = b"",
    on_line: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> Completed:
    """Run `program` in `folder`; `on_line` gets its output line by line instead of `stdout`."""
    command = _launch(program, limits, isolate=has_network_isolation())
    with subprocess.Popen(
        command,
        cwd=folder,
        env=_ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as child:
        try:
            _feed(child, stdin)
            output = _listen(child, limits.wall_seconds, on_line, cancelled)
        finally:
            # Also after success: nothing that the child started may stay behind.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode != 0:
        if child.returncode == EXIT_NO_ISOLATION:
            raise MediaFailed(child.returncode, "the child could not leave the network")
        raise MediaFailed(child.returncode, output.stderr_tail)
    return output


def call(
    function: str,
    argument: dict[str, Any],
    limits: Limits,
    *,
    folder: Path,
    cancelled: Callable[[], bool] = never,
) -> Any:
    """Call our function `module:name` with a dictionary in a limited child; its JSON comes back."""
    program = [sys.executable, "-B", "-m", "ultra.video.media.child", function]
    stdin = json.dumps(argument).encode()
    completed = run(program, limits, folder=folder, stdin=stdin, cancelled=cancelled)
    return json.loads(completed.stdout)


def _launch(program: Sequence[str], limits: Limits, *, isolate: bool) -> list[str]:
    instructions = {"isolate": isolate, "parent": os.getpid(), "limits": limits.as_rlimits()}
    start = [sys.executable, "-I", "-S", str(_LAUNCHER), json.dumps(instructions)]
    return [*start, *program]


def _feed(child: subprocess.Popen[bytes], stdin: bytes) -> None:
    assert child.stdin
    # Small by design (a pipe holds 64 KB), so this cannot wait for a reader.
    with suppress(BrokenPipeError), child.stdin:
        child.stdin.write(stdin)


def _listen(
    child: subprocess.Popen[bytes],
    wall_seconds: float,
    on_line: Callable[[str], None] | None,
    cancelled: Callable[[], bool],
) -> Completed:
    """Read both outputs until the child ends, in one thread, minding the clock and the caller."""
    assert child.stdout
    assert child.stderr
    stdout, stderr = bytearray(), bytearray()
    deadline = time.monotonic() + wall_seconds
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ, stdout)
        selector.register(child.stderr, selectors.EVENT_READ, stderr)
        while selector.get_map():
            if cancelled():
                raise MediaCancelled
            if time.monotonic() > deadline:
                raise MediaTimeout(wall_seconds)
            for key, _ in selector.select(_POLL_SECONDS):
                chunk = os.read(key.fd, 65536)
                if not chunk:
                    selector.unregister(key.fileobj)
                key.data.extend(chunk)
            del stderr[:-_STDERR_KEPT]
            if on_line:
                *lines, rest = bytes(stdout).split(b"\n")
                stdout[:] = rest
                for line in lines:
                    on_line(line.decode(errors="replace"))
            if len(stdout) > _STDOUT_KEPT:
                raise MediaFailed(-1, "the child wrote more than it may")
    _wait(child, deadline, wall_seconds)
    return Completed(bytes(stdout), stderr.decode(errors="replace"))


def _wait(child: subprocess.Popen[bytes], deadline: float, wall_seconds: float) -> None:
    """Wait for the end of a child that has closed its outputs but may still run."""
    try:
        child.wait(timeout=max(1.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise MediaTimeout(wall_seconds) from None
