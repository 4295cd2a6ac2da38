"""A temporary ULTRA_HOME and impatient settings; must be imported before anything of `ultra`."""

import os
import random
import socket
import tempfile
from pathlib import Path


def _free_port() -> int:
    while True:
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


def _set_up() -> Path:
    for name in [name for name in os.environ if name.startswith("ULTRA_")]:
        if not name.startswith("ULTRA_TEST_"):
            del os.environ[name]
    home = Path(tempfile.mkdtemp(prefix="ultra-chaos-"))
    os.environ["ULTRA_HOME"] = str(home)
    for name in ("GATEWAY", "WEBSITE", "SANDBOX"):
        os.environ[f"ULTRA_{name}_PORT"] = str(_free_port())
    # Everything that waits for a time waits shorter, so that a run has more of it.
    os.environ["ULTRA_JOBS__LEASE_SECONDS"] = "5"
    os.environ["ULTRA_JOBS__RESEND_SECONDS"] = "3"
    os.environ["ULTRA_JOBS__WATCHDOG_SECONDS"] = "15"
    # The faults kill workers all the time; that is not the jobs' fault.
    os.environ["ULTRA_JOBS__MAX_CRASHES"] = "1000"
    os.environ["ULTRA_AUTH__BCRYPT_COST"] = "4"
    return home


HOME = _set_up()
