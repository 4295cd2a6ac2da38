"""Secrets of people never reach the log, not even when a request breaks."""

import subprocess
import sys

import pytest

CODE = """
from ultra.kit.log import get_logger, set_up_logging
set_up_logging("test")

def check(password, plain):
    raise RuntimeError("broken")

try:
    check("hunter2-in-a-variable", "hunter2-in-another")
except RuntimeError as error:
    get_logger().error("request.failed", exc_info=error, password="hunter2-in-a-field")
"""


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_traceback_shows_no_values(log_format):
    # In a process of its own: setting up logging is for a process's whole life.
    printed = subprocess.run(
        [sys.executable, "-c", CODE],
        env={"ULTRA_LOG_FORMAT": log_format},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    ).stdout
    assert "RuntimeError" in printed
    assert "broken" in printed
    # Tracebacks quote source lines, but code given by -c has none to quote.
    assert "hunter2" not in printed
