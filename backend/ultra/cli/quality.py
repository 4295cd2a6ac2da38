"""check, fix, test: what continuous integration runs, stage by stage."""

import json
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from xml.etree import ElementTree as ET

import typer

from ultra.cli import browser
from ultra.cli.terminal import console, fail, line, step
from ultra.local import binaries, website
from ultra.local.environment import inherited
from ultra.settings import REPOSITORY

BACKEND = REPOSITORY / "backend"
WEBSITE = REPOSITORY / "website"
RESULTS = REPOSITORY / ".cache" / "test"
# Files of ours that Python's tools would not find by themselves.
OUTSIDE_BACKEND = ("../ultra", "../bench")
LAST_LINES = 60


@dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: "Counts") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def check() -> None:
    """Format, lint, types and import contracts of Python and of the website."""
    _install_node_packages()
    if failed := _run_checks():
        raise fail(f"{failed} of the checks failed. ./ultra fix repairs what a program can repair.")


def fix() -> None:
    """Repair format and lint where a program can do it."""
    _install_node_packages()
    python = [sys.executable, "-m"]
    _stage("ruff", [*python, "ruff", "check", "--fix", "--quiet", ".", *_outside()], BACKEND)
    _stage("ruff format", [*python, "ruff", "format", "--quiet", ".", *_outside()], BACKEND)
    _stage("prettier", [*binaries.npm(), "run", "--silent", "format"], WEBSITE)
    _stage("eslint", [*binaries.npm(), "run", "--silent", "lint", "--", "--fix"], WEBSITE)


def test(
    context: typer.Context,
    *,
    fast: Annotated[
        bool, typer.Option("--fast", help="The inner loop: no browser, nothing slow.")
    ] = False,  # noqa: PT028 - a command, not a test
) -> None:
    """Run everything that continuous integration runs; further words go to pytest."""
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    counts = Counts()
    chosen = context.args
    if not chosen:
        # A choice of tests is a question about these tests alone.
        _install_node_packages()
        counts.failed += _run_checks()
        counts.add(_run_vitest())
        if not fast:
            _prepare_browser_tests()
    counts.add(_run_pytest(chosen, fast=fast))
    console.print()
    # Plain for whoever reads it by a program.
    print(counts)
    raise typer.Exit(1 if counts.failed else 0)


def _run_checks() -> int:
    """Run every check, also after one has failed; returns how many failed."""
    python = [sys.executable, "-m"]
    npm = [*binaries.npm(), "run", "--silent"]
    import_linter = [str(Path(sys.executable).with_name("lint-imports")), "--config"]
    console.print("Checks")
    results = [
        _stage("format", [*python, "ruff", "format", "--check", ".", *_outside()], BACKEND),
        _stage("lint", [*python, "ruff", "check", ".", *_outside()], BACKEND),
        _stage("types", [*python, "mypy"], BACKEND),
        _stage("import contracts", [*import_linter, "pyproject.toml"], BACKEND),
        _stage("website format", [*npm, "format:check"], WEBSITE),
        _stage("website lint", [*npm, "lint"], WEBSITE),
        _stage("website types", [*npm, "typecheck"], WEBSITE),
    ]
    return results.count(False)


def _outside() -> list[str]:
    return [path for path in OUTSIDE_BACKEND if (BACKEND / path).exists()]


def _stage(title: str, command: list[str], folder: Path) -> bool:
    """Run one quiet check; what it says is shown when it fails."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=folder,
        env=website.node_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    line(done.returncode == 0, title, time.monotonic() - began)
    if done.returncode != 0:
        for text in done.stdout.splitlines()[-LAST_LINES:]:
            console.print(f"      {text}", markup=False)
    return done.returncode == 0


def _install_node_packages() -> None:
    try:
        if not website.is_installed():
            with step("Website packages"):
                website.install()
    except website.BuildFailedError as error:
        raise fail("npm could not install the packages.", details=[str(error)]) from error


def _prepare_browser_tests() -> None:
    """Build what the browser looks at, and find the browser."""
    console.print("Browser")
    try:
        if not website.is_built():
            with step("Website"):
                website.build()
    except website.BuildFailedError as error:
        raise fail("The website could not be built.", details=[str(error)]) from error
    browser.install()


def _run_vitest() -> Counts:
    console.print("Website tests")
    report = RESULTS / "vitest.json"
    options = ["--reporter=default", "--reporter=json", f"--outputFile.json={report}"]
    good = _stage("vitest", [*binaries.npm(), "test", "--silent", "--", *options], WEBSITE)
    try:
        found = json.loads(report.read_text())
    except (FileNotFoundError, ValueError):
        return Counts(failed=0 if good else 1)
    counts = Counts(found["numPassedTests"], found["numFailedTests"], found["numPendingTests"])
    # A file that cannot even be loaded has no tests that could fail.
    counts.failed = max(counts.failed, 0 if good else 1)
    return counts


def _run_pytest(chosen: list[str], *, fast: bool) -> Counts:
    """Run what was chosen; all of it as two halves, the browser's and the other, side by side."""
    if chosen:
        # Paths are written as one sees them from where ./ultra was called.
        here = Path.cwd()
        words = [
            str(here / word) if (here / word.split("::")[0]).exists() else word for word in chosen
        ]
        halves = {"Python tests": words}
    elif fast:
        halves = {"Python tests": ["-m", "not browser and not slow"]}
    else:
        halves = {
            "Browser tests": ["-m", "browser"],
            "Python tests": ["-m", "not browser"],
        }
    # The last one speaks as it goes; what another one says is shown when all have ended.
    *quiet, loud = halves
    running = {title: _start_pytest(halves[title], title, is_quiet=True) for title in quiet}
    console.print(loud)
    running[loud] = _start_pytest(halves[loud], loud, is_quiet=False)
    counts = Counts()
    for title, process in running.items():
        counts.add(_read_report(title, process.wait()))
    for title in quiet:
        console.print(title)
        print(_file_of(title, "txt").read_text(errors="replace"))
    return counts


def _start_pytest(words: list[str], title: str, *, is_quiet: bool) -> "subprocess.Popen[bytes]":
    with ExitStack() as files:
        out = files.enter_context(_file_of(title, "txt").open("wb")) if is_quiet else None
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", f"--junitxml={_file_of(title, 'xml')}", *words],
            cwd=BACKEND,
            env=inherited(PYTHONPATH=str(BACKEND)),
            stdout=out,
            stderr=subprocess.STDOUT if is_quiet else None,
        )


def _file_of(title: str, kind: str) -> Path:
    return RESULTS / f"{title.replace(' ', '-').lower()}.{kind}"


def _read_report(title: str, status: int) -> Counts:
    report = _file_of(title, "xml")
    if not report.exists():
        return Counts(failed=1)
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 - our own file
    if suite is None:
        return Counts(failed=1)
    number = {key: int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")}
    failed = number["failures"] + number["errors"]
    passed = number["tests"] - failed - number["skipped"]
    # Status 5 means that nothing was chosen; any other status without a failure is one.
    if status not in {0, 5}:
        failed = max(failed, 1)
    return Counts(passed, failed, number["skipped"])
