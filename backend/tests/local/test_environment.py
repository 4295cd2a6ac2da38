"""Children see the settings that the supervisor was given."""

import os
from pathlib import Path

import pytest

from ultra.local import environment
from ultra.settings import Settings


def test_gives_the_same_settings_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(
        home=tmp_path,
        gateway_port=23456,
        services=["auth"],
        service_urls={"video": "http://127.0.0.1:5101"},
        secret_key="k" * 40,
        storage_options={"region": "eu"},
        auth={"bcrypt_cost": 5},
    )
    for name in [name for name in os.environ if name.startswith("ULTRA_")]:
        monkeypatch.delenv(name)
    for name, value in environment.of_settings(given).items():
        monkeypatch.setenv(name, value)
    assert Settings() == given


def test_marks_of_one_process_do_not_fit_another(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    short = environment.mark(settings, "worker")
    assert environment.mark(settings, "worker-video").startswith(environment.mark(settings))
    assert not environment.mark(settings, "worker-video").startswith(short)
