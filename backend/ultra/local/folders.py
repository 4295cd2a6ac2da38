"""The folders of one running stack, made so that nobody else on the machine can meddle.

Sockets live in a folder with a guessable name below /tmp, so it must be proven to be ours: another
user could have made it first and would then own the doors to our database.
"""

import os
import secrets
import stat
from pathlib import Path

from ultra.settings import Settings

LONGEST_SOCKET_PATH = 103
"""What every system allows (macOS 103, Linux 107 bytes)."""


class UnsafeFolderError(Exception):
    """A folder that must be private is not."""


def make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise UnsafeFolderError(
            f"{folder} exists and belongs to someone else or is no folder. "
            "Remove it, or set TMPDIR to a folder of your own."
        )
    folder.chmod(0o700)


def prepare(settings: Settings) -> None:
    longest = settings.run_dir / ".s.PGSQL.5432"
    if len(os.fsencode(longest)) > LONGEST_SOCKET_PATH:
        raise UnsafeFolderError(
            f"{settings.run_dir} is too long a path for sockets. Set TMPDIR to a shorter one."
        )
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    logs(settings).mkdir(mode=0o700, exist_ok=True)
    make_private(settings.run_dir)


def logs(settings: Settings) -> Path:
    return settings.home / "logs"


def make_secret_key(settings: Settings) -> None:
    """Create the instance's secret once; production brings its own by ULTRA_SECRET_KEY."""
    if settings.secret_key is not None or settings.secret_key_file.exists():
        return
    # Written whole before it gets its name: half a secret would be worse than none.
    draft = settings.secret_key_file.with_suffix(f".{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    draft.replace(settings.secret_key_file)
