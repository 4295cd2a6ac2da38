"""Log lines as a person reads them: which process, when, what; JSON is taken apart."""

import json

from rich.text import Text

from ultra.cli.terminal import console

COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "bright_cyan", "bright_magenta")
LEVELS = {"error": "red", "critical": "bold red", "warning": "yellow", "debug": "dim"}
HIDDEN = {"event", "level", "timestamp", "logger"}


def show(name: str, text: str) -> None:
    if not text:
        return
    colour = COLOURS[sum(name.encode()) % len(COLOURS)]
    written = Text(f"{name:>14} ", style=colour)
    written.append_text(_readable(text))
    console.print(written)


def _readable(text: str) -> Text:
    try:
        entry = json.loads(text)
    except ValueError:
        entry = None
    if not isinstance(entry, dict) or "event" not in entry:
        return Text(text)
    written = Text(str(entry.get("timestamp", ""))[11:23] + " ", style="dim")
    written.append(str(entry["event"]), style=LEVELS.get(str(entry.get("level")), ""))
    for key, value in entry.items():
        if key not in HIDDEN and value is not None:
            written.append(f" {key}=", style="dim")
            written.append(str(value))
    return written
