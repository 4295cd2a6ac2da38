"""Starts the gateway: `python -m ultra.gateway`."""

import os
import shutil

from granian.constants import Interfaces
from granian.server import Server

from ultra.kit.log import set_up_logging
from ultra.settings import settings


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    set_up_logging("gateway")
    if settings.gateway.processes > 1:
        # prometheus_client adds up the numbers of several processes through files in this folder.
        folder = settings.run_dir / f"metrics-{settings.gateway_port}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # noqa: TID251 - how it is told
    Server(
        "ultra.gateway.server:application",
        address=settings.gateway.host,
        port=settings.gateway_port,
        interface=Interfaces.RSGI,
        workers=settings.gateway.processes,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
        backlog=2048,
        # Live pages count as requests in progress; the threads bound the real work.
        backpressure=4096,
        websockets=False,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()


if __name__ == "__main__":
    main()
