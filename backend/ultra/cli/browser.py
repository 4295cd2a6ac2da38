"""The browser for the tests: Debian's where it can be installed, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ultra.cli.terminal import fail, step
from ultra.local.environment import inherited

CHROMIUM = Path("/usr/bin/chromium")
SECONDS = 900


def install() -> None:
    if CHROMIUM.exists():
        return
    with step("Chromium") as tell:
        if _from_debian():
            tell("from Debian")
            return
        tell("from Playwright")
        done = _run([sys.executable, "-m", "playwright", "install", "chromium"])
    if done.returncode != 0:
        words = done.stdout.splitlines()[-15:]
        raise fail(
            "No browser could be installed. Install chromium by hand, "
            "or leave the browser out by ./ultra test --fast",
            details=words,
        )


def _from_debian() -> bool:
    """Debian's package brings every library that it needs; Ubuntu's is an empty shell for snap."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    if "ID=debian" not in Path("/etc/os-release").read_text().splitlines():
        return False
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300"]
    _run([*apt, "update"])
    _run([*apt, "install", "-y", "--no-install-recommends", "chromium"])
    return CHROMIUM.exists()


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=inherited(DEBIAN_FRONTEND="noninteractive"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
