"""Log lines for people."""

import pytest
from rich.console import Console

from ultra.cli import log_lines


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Console:
    console = Console(record=True, width=200, soft_wrap=True, color_system=None)
    monkeypatch.setattr(log_lines, "console", console)
    return console


def test_takes_json_apart(shown: Console) -> None:
    line = '{"timestamp": "2026-11-23T05:00:01.250Z", "level": "info", "event": "video.ready"'
    log_lines.show("gateway", line + ', "video_id": "7"}')
    assert shown.export_text().split() == ["gateway", "05:00:01.250", "video.ready", "video_id=7"]


@pytest.mark.parametrize("text", ["plain [words] here", "{not json", '["a list"]'])
def test_leaves_the_rest_as_it_is(shown: Console, text: str) -> None:
    log_lines.show("redis", text)
    assert shown.export_text().strip() == f"redis {text}".strip()
