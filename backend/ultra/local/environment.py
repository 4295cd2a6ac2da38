"""What the children read from their environment, so that they see the settings we were given."""

import json
import os
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from pydantic import BaseModel, SecretStr

from ultra.local.leftovers import MARK
from ultra.settings import Settings


def _plain(value: object) -> object:
    match value:
        case SecretStr():
            return value.get_secret_value()
        case BaseModel():
            names = value.model_fields_set
            return {name: _plain(getattr(value, name)) for name in names}
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case Enum():
            return value.value
        case Path():
            return str(value)
        case _:
            return value


def of_settings(settings: Settings) -> dict[str, str]:
    """Every setting that was given, as ULTRA_… variables that give the same settings again."""
    found = {"ULTRA_HOME": str(settings.home)}
    for name in settings.model_fields_set - {"home"}:
        value = _plain(getattr(settings, name))
        if name == "services":
            value = ",".join(settings.services)
        if value is not None:
            found[f"ULTRA_{name.upper()}"] = value if isinstance(value, str) else json.dumps(value)
    return found


def inherited(**extra: str) -> dict[str, str]:
    """Our own environment with some additions, for tools that we call."""
    return {**os.environ, **extra}


def is_continuous_integration() -> bool:
    """Say whether nobody watches; every such service sets CI, to words of its own."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def of_child(settings: Settings, name: str, extra: Mapping[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        **of_settings(settings),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        # A child's last words must reach its log even when it is killed.
        "PYTHONUNBUFFERED": "1",
        **extra,
        MARK: mark(settings, name),
    }


def mark(settings: Settings, name: str | None = None) -> str:
    """The beginning of the mark of every child of this stack, or of one child's descendants."""
    return f"{settings.run_dir.name}:" if name is None else f"{settings.run_dir.name}:{name}:"
