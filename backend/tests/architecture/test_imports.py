"""The import contracts of pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path

from ultra.settings import REPOSITORY


def test_the_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=REPOSITORY / "backend",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
