"""A short chaos run with a fixed seed; the long one's figures are in bench/README.md."""

import subprocess
import sys

import pytest

from ultra.settings import REPOSITORY


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_doubled() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.chaos",
            *("--jobs", "400", "--faults", "15", "--seed", "7", "--pace", "1.5"),
        ],
        cwd=REPOSITORY / "backend",
        capture_output=True,
        text=True,
        check=False,
        timeout=420,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "lost 0, doubled 0, unsettled 0, left in the outbox 0, logs with gaps 0" in done.stdout
