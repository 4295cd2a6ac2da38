"""Log lines are JSON and keep secrets to themselves. Run in a process of its own, as they are."""

import json
import subprocess
import sys
from typing import Any

SET_UP = "from ultra.kit.log import get_logger, set_up_logging; set_up_logging('trial');"


def log_of(program: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-c", SET_UP + program],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_says_what_happened_where_and_when() -> None:
    [line] = log_of("get_logger().info('video.ready', video_id='7')")
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "video.ready", "level": "info", "process": "trial", "video_id": "7"}


def test_masks_values_under_a_telling_name() -> None:
    program = "get_logger().info('a.b', password='x1', access_token='x2', Cookie='x3', plain='x4')"
    [line] = log_of(program)
    assert (line["password"], line["access_token"], line["Cookie"]) == ("***", "***", "***")
    assert line["plain"] == "x4"


def test_masks_below_the_first_level_too() -> None:
    [line] = log_of("get_logger().info('a.b', body={'email': 'a', 'login': [{'password': 'x'}]})")
    assert line["body"] == {"email": "a", "login": [{"password": "***"}]}


def test_cuts_endless_values() -> None:
    [line] = log_of("get_logger().info('a.b', text='x' * 100_000)")
    assert len(line["text"]) < 10_000


def test_records_of_other_libraries_become_lines_too() -> None:
    [line] = log_of("import logging; logging.getLogger('other').warning('%s is odd', 'it')")
    assert (line["event"], line["level"], line["process"]) == ("it is odd", "warning", "trial")


def test_an_exception_does_not_show_local_variables() -> None:
    program = """
def sign_in(word):
    raise ValueError("no")
try:
    sign_in("geheim" + "nis")
except ValueError as error:
    get_logger().error("request.failed", exc_info=error)
"""
    [line] = log_of("\n" + program)
    assert line["exception"][0]["exc_type"] == "ValueError"
    assert "geheimnis" not in json.dumps(line)
