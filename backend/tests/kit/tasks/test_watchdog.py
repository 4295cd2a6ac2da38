"""A process that is stuck ends itself, and only then."""

import subprocess
import sys

import pytest

from ultra.kit.tasks.watchdog import EXIT_STUCK

PROGRAM = """
import sys, time
from ultra.kit.log import set_up_logging
from ultra.kit.tasks import watchdog
from ultra.kit.tasks.watchdog import Memory, Sign, watch
from ultra.settings import settings

settings.jobs.watchdog_seconds = 0.4
watchdog.DRAIN_SECONDS = 0.3
set_up_logging("stuck")
started = time.monotonic()
silent, others_work, memory = sys.argv[1:]
seen_at = (lambda: started) if silent == "yes" else time.monotonic
watch(
    [Sign("toy", seen_at, lambda: others_work == "yes")],
    drain=lambda: print("handing back", flush=True),
    memory=Memory(int(memory) or 2**60, lambda: print("outgrown", flush=True)),
)
time.sleep(2)
print("lived on", flush=True)
"""


def live(silent: str, others_work: str, memory: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, silent, others_work, memory],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_stuck_process_hands_back_and_ends() -> None:
    done = live("yes", "yes")
    assert done.returncode == EXIT_STUCK
    assert "handing back" in done.stdout
    assert "lived on" not in done.stdout


@pytest.mark.parametrize(("silent", "others_work"), [("no", "yes"), ("yes", "no")])
def test_a_lively_one_and_one_whose_store_is_away_live_on(silent: str, others_work: str) -> None:
    done = live(silent, others_work)
    assert (done.returncode, "lived on" in done.stdout) == (0, True)


def test_one_that_has_grown_too_large_says_so_and_is_asked_to_end() -> None:
    done = live("no", "yes", memory="1000")
    assert done.returncode == -15
    assert "outgrown" in done.stdout
