"""The command line of the workers."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("arguments", [[], ["run"], ["run", "kitchen"], ["dispatch", "now"]])
def test_a_wrong_call_says_how_it_goes(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ultra.worker", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("usage: python -m ultra.worker")
