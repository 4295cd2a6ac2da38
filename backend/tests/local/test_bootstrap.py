"""./ultra itself: readable by an old Python, safe to call twice, quick when nothing is to do."""

import ast
import importlib.util
import json
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from ultra.settings import REPOSITORY

SCRIPT = REPOSITORY / "ultra"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, pointed at a copy of the lock files in an empty folder."""
    loader = SourceFileLoader("bootstrap", str(SCRIPT))
    spec = importlib.util.spec_from_loader("bootstrap", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    (tmp_path / "backend").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in ("requirements", "torch", "weights", "requirements-dev"):
        (tmp_path / "backend" / f"{name}.lock").write_text(f"{name}==1.0\n")
    places = {
        "ROOT": tmp_path,
        "BACKEND": tmp_path / "backend",
        "VENV": tmp_path / ".venv",
        "PYTHON": tmp_path / ".venv" / "bin" / "python",
        "CACHE": tmp_path / ".cache",
        "LOG": tmp_path / ".cache" / "install.log",
        "INSTALLED": tmp_path / ".venv" / "installed.json",
    }
    for name, place in places.items():
        monkeypatch.setattr(module, name, place)
    (tmp_path / ".cache").mkdir()
    return module


def names(steps: list[tuple[str, object]]) -> list[str]:
    return [name for name, _ in steps]


def test_an_old_python_can_read_it_and_say_what_is_missing() -> None:
    ast.parse(SCRIPT.read_text(), feature_version=(3, 6))


def test_installs_again_only_what_changed(bootstrap: ModuleType, tmp_path: Path) -> None:
    assert names(bootstrap.missing(developing=False)) == [
        "requirements.lock",
        "torch.lock",
        "weights.lock",
    ]
    for name in names(bootstrap.missing(developing=True)):
        bootstrap.remember(name, bootstrap.fingerprint(name))
    assert bootstrap.missing(developing=True) == []
    (tmp_path / "backend" / "torch.lock").write_text("torch==2.0\n")
    assert names(bootstrap.missing(developing=True)) == ["torch.lock"]


def test_development_tools_are_for_developing_only(bootstrap: ModuleType) -> None:
    assert "requirements-dev.lock" not in names(bootstrap.missing(developing=False))
    assert "requirements-dev.lock" in names(bootstrap.missing(developing=True))


def test_a_broken_note_of_what_is_installed_counts_as_none(bootstrap: ModuleType) -> None:
    bootstrap.INSTALLED.write_text('{"requirements.lock": ')
    assert bootstrap.installed() == {}


def test_an_environment_without_its_python_is_not_complete(bootstrap: ModuleType) -> None:
    for name in names(bootstrap.missing(developing=False)):
        bootstrap.remember(name, bootstrap.fingerprint(name))
    assert not bootstrap.is_complete(developing=False)
    bootstrap.PYTHON.touch()
    assert bootstrap.is_complete(developing=False)


def test_says_what_pip_said_and_where_the_rest_is(bootstrap: ModuleType) -> None:
    bootstrap.PYTHON.write_text("#!/bin/sh\necho 'no route to the index'\nexit 1\n")
    bootstrap.PYTHON.chmod(0o700)
    with pytest.raises(bootstrap.InstallError) as failure:
        bootstrap.pip("Python packages", "requirements.lock")
    assert "no route to the index" in str(failure.value)
    assert str(bootstrap.LOG) in str(failure.value)


def test_without_torch_the_product_still_installs(bootstrap: ModuleType, capsys) -> None:
    bootstrap.PYTHON.write_text("#!/bin/sh\nexit 1\n")
    bootstrap.PYTHON.chmod(0o700)
    assert not bootstrap.pip_for_scenes("PyTorch", "torch.lock")
    assert "classical method" in capsys.readouterr().out


def test_asks_nothing_of_an_empty_machine_for_help(bootstrap: ModuleType, tmp_path: Path) -> None:
    copy = tmp_path / "clone" / "ultra"
    copy.parent.mkdir()
    copy.write_text(SCRIPT.read_text())
    done = subprocess.run(
        [sys.executable, str(copy), "--help"], capture_output=True, text=True, check=True
    )
    assert "./ultra up" in done.stdout
    assert not (copy.parent / ".venv").exists()


def test_lock_files_hold_hashes_and_no_address() -> None:
    for path in (REPOSITORY / "backend").glob("*.lock"):
        assert "://" not in path.read_text(), path.name
    for name in ("requirements", "requirements-dev", "weights"):
        text = (REPOSITORY / "backend" / f"{name}.lock").read_text()
        pinned = [line for line in text.splitlines() if "==" in line and not line.startswith("#")]
        assert len(pinned) <= text.count("--hash=sha256:")
    packages = json.loads((REPOSITORY / "package-lock.json").read_text())["packages"]
    assert not [name for name, entry in packages.items() if "://" in entry.get("resolved", "")]
