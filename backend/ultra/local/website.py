"""Builds the website when its sources changed, and says how to run what was built.

The finished server is moved to .cache/website/<hash of the sources>: a build that was interrupted
is never mistaken for a whole one, and a running instance keeps its files while a new one is built.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ultra.local import binaries, ports
from ultra.local.processes import CannotStartError, Process
from ultra.settings import REPOSITORY, Settings

SOURCES = ("website", "api-client")
NOT_SOURCES = {"node_modules", ".next", "test-results", "coverage", "next-env.d.ts"}
CACHE = REPOSITORY / ".cache" / "website"
INSTALLED = REPOSITORY / "node_modules" / ".ultra-installed"
KEPT_BUILDS = 2
SECONDS = 1200


class BuildFailedError(Exception):
    """npm or the build said no; the text holds what they said last."""


def process(settings: Settings) -> Process:
    server = built_folder() / "website" / "server.js"

    def before() -> None:
        if not server.exists():
            raise CannotStartError("The website is not built yet. ./ultra up builds it.")
        ports.must_be_free(settings.website_port, "ULTRA_WEBSITE_PORT")

    return Process(
        name="website",
        command=(binaries.node(), str(server)),
        # It needs the gateway only to answer people, not to start: both start at once.
        environment={
            "PORT": str(settings.website_port),
            # The names of the cookies carry it, so that two instances do not sign each other out.
            "ULTRA_WEBSITE_PORT": str(settings.website_port),
            # Never 127.0.0.1: Next.js and next-intl then redirect to each other for ever.
            "HOSTNAME": "localhost",
            "GATEWAY_URL": f"http://127.0.0.1:{settings.gateway_port}",
            "NODE_ENV": "production",
            "NEXT_TELEMETRY_DISABLED": "1",
        },
        before=before,
        check=lambda: ports.answers(f"http://localhost:{settings.website_port}/"),
    )


def fingerprint() -> str:
    """Change with every file that the build reads."""
    digest = hashlib.sha256()
    for path in (*_lock_files(), *_source_files()):
        digest.update(str(path.relative_to(REPOSITORY)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _lock_files() -> list[Path]:
    own = [REPOSITORY / "package.json", REPOSITORY / "package-lock.json", REPOSITORY / ".npmrc"]
    of_workspaces = [REPOSITORY / folder / "package.json" for folder in SOURCES]
    return [path for path in (*own, *of_workspaces) if path.exists()]


def _source_files() -> Iterator[Path]:
    for folder in SOURCES:
        for parent, folders, files in os.walk(REPOSITORY / folder):
            folders[:] = sorted(name for name in folders if name not in NOT_SOURCES)
            for name in sorted(files):
                if name not in NOT_SOURCES and not name.endswith(".tsbuildinfo"):
                    yield Path(parent) / name


def built_folder() -> Path:
    return CACHE / fingerprint()


def is_built() -> bool:
    return built_folder().exists()


def is_installed() -> bool:
    try:
        return INSTALLED.read_text() == _install_mark()
    except FileNotFoundError:
        return False


def _install_mark() -> str:
    text = b"".join(path.read_bytes() for path in _lock_files())
    node = binaries.node_major(binaries.node())
    return f"{hashlib.sha256(text).hexdigest()} node {node}"


def install() -> None:
    """Install the packages from the lock file; linters as well, for the build checks the types."""
    with _alone():
        if is_installed():
            return
        npm("ci", "--no-audit", "--no-fund")
        INSTALLED.write_text(_install_mark())


def build() -> None:
    with _alone():
        goal = built_folder()
        if goal.exists():
            return
        next_program = REPOSITORY / "node_modules" / "next" / "dist" / "bin" / "next"
        run([binaries.node(), str(next_program), "build"], REPOSITORY / "website")
        website = REPOSITORY / "website"
        standalone = website / ".next" / "standalone"
        # Next.js leaves to us what a content delivery network would serve.
        inside = standalone / "website"
        shutil.copytree(
            website / ".next" / "static", inside / ".next" / "static", dirs_exist_ok=True
        )
        if (website / "public").exists():
            shutil.copytree(website / "public", inside / "public", dirs_exist_ok=True)
        standalone.rename(goal)
        _forget_old_builds(goal)


def _forget_old_builds(newest: Path) -> None:
    others = [path for path in CACHE.iterdir() if path.is_dir() and path != newest]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT_BUILDS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One installation or build at a time: they write to the same folders."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def npm(*arguments: str) -> None:
    run([*binaries.npm(), *arguments], REPOSITORY)


def run(command: list[str], folder: Path) -> None:
    """Run one of Node's tools; what it says goes to .cache/website/build.log."""
    log = CACHE / "build.log"
    with log.open("ab") as output:
        start = output.tell()
        done = subprocess.run(
            command,
            cwd=folder,
            env=node_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    if done.returncode != 0:
        with log.open("rb") as file:
            file.seek(start)
            last = file.read().decode(errors="replace").splitlines()[-30:]
        raise BuildFailedError("\n".join([*last, f"All of it is in {log}."]))


def node_environment() -> dict[str, str]:
    """Scripts of packages look for `node` on PATH; the one that runs them must be found first."""
    inherited = os.environ
    folder = str(Path(binaries.node()).parent)
    return {
        **inherited,
        "PATH": f"{folder}{os.pathsep}{inherited.get('PATH', '')}",
        "NEXT_TELEMETRY_DISABLED": "1",
        "npm_config_update_notifier": "false",
        # Its output goes to a log or into our own lines.
        "NO_COLOR": "1",
    }
