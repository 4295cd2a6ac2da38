"""The sandbox as the embedded stack runs it; and that production has none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ultra.kit import outgoing
from ultra.local import product
from ultra.local.stack import Stack
from ultra.settings import Environment, Settings, settings

BACKEND = Path(__file__).resolve().parents[2]


def test_the_stack_starts_it_and_the_product_reaches_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.mktemp("sandbox")
    given = Settings(home=home, sandbox_port=settings.sandbox_port)
    with Stack(given, only={"sandbox"}):
        answer = outgoing.post(f"http://127.0.0.1:{given.sandbox_port}/catch/a", b"x")
        assert (answer.status, answer.text) == (200, "ok")
    assert (home / "sandbox" / "sandbox.sqlite3").exists()


def test_production_has_none() -> None:
    local = Settings(home=settings.home)
    assert "sandbox" in {process.name for process in product.table(local)}
    production = local.model_copy(update={"environment": Environment.PRODUCTION})
    assert "sandbox" not in {process.name for process in product.table(production)}


def test_it_refuses_to_run_in_production() -> None:
    environment = os.environ | {
        "ULTRA_ENVIRONMENT": "production",
        "ULTRA_DATABASE_URL": "postgresql://nowhere/ultra",
        "ULTRA_REDIS_URL": "redis://nowhere",
        "ULTRA_STORAGE_URL": "s3://nowhere",
        "ULTRA_SECRET_KEY": "s" * 32,
        "ULTRA_PUBLIC_URL": "https://core.example",
    }
    done = subprocess.run(
        [sys.executable, "-m", "ultra.sandbox"],
        cwd=BACKEND,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "production" in done.stderr
