"""Lock files name versions and digests; where to download from is everybody's own affair."""

import json
import re

import pytest

from ultra.settings import REPOSITORY

LOCKS = [*(REPOSITORY / "backend").glob("*.lock"), REPOSITORY / "package-lock.json"]


def test_there_are_lock_files() -> None:
    names = {path.name for path in LOCKS if path.exists()}
    assert {"requirements.lock", "requirements-dev.lock", "package-lock.json"} <= names


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_holds_no_download_address(path: object) -> None:
    text = path.read_text()  # type: ignore[attr-defined]
    if path.name.endswith(".json"):  # type: ignore[attr-defined]
        resolved = [each.get("resolved", "") for each in json.loads(text)["packages"].values()]
        # Workspaces of this repository are resolved to their folders.
        assert not [address for address in resolved if "://" in address]
        return
    code = "\n".join(line.partition("#")[0] for line in text.splitlines())
    assert not re.findall(r"\w+://\S+", code)
    assert "index-url" not in code


@pytest.mark.parametrize(
    "path", [path for path in LOCKS if path.name.startswith("requirements")], ids=lambda p: p.name
)
def test_every_python_package_has_a_version_and_a_digest(path: object) -> None:
    text = path.read_text().replace("\\\n", " ")  # type: ignore[attr-defined]
    packages = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert packages
    for line in packages:
        assert "==" in line, line
        assert "--hash=sha256:" in line, line
