"""Where a test run keeps its files, and ports of its own. Imports nothing of `ultra`."""

import os
import random
import socket
import tempfile
from pathlib import Path


def free_ports(count: int) -> list[int]:
    """Ports above 20000 that nobody listens on; two test runs side by side seldom meet."""
    found: list[int] = []
    while len(found) < count:
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe:
            if port not in found and probe.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
    return found


def free_port() -> int:
    return free_ports(1)[0]


def use_temporary_home(name: str) -> Path:
    """Point this process's settings at a new ULTRA_HOME and free ports.

    What the environment says of the product counts no more, except what is meant for tests
    (`ULTRA_TEST_…`). Must be called before anything of `ultra` is imported.
    """
    for variable in [each for each in os.environ if each.startswith("ULTRA_")]:
        if not variable.startswith("ULTRA_TEST_"):
            del os.environ[variable]
    home = Path(tempfile.mkdtemp(prefix=f"ultra-{name}-"))
    os.environ["ULTRA_HOME"] = str(home)
    for process, port in zip(("GATEWAY", "WEBSITE", "SANDBOX"), free_ports(3), strict=True):
        os.environ[f"ULTRA_{process}_PORT"] = str(port)
    return home
