"""Starts the sandbox: `python -m ultra.sandbox`."""

import signal
import sys

from werkzeug.serving import make_server

from ultra.kit.log import get_logger, set_up_logging
from ultra.sandbox.app import create_app
from ultra.sandbox.server import Handler
from ultra.settings import settings


def main() -> None:
    """Serve this machine until SIGTERM or SIGINT."""
    set_up_logging("sandbox")
    if settings.is_production:
        sys.exit("The sandbox plays other people's systems: it does not run in production.")
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: sys.exit(0))
    server = make_server(
        "127.0.0.1",
        settings.sandbox_port,
        create_app(settings.home),
        threaded=True,
        request_handler=Handler,
    )
    get_logger().info("sandbox.started", port=settings.sandbox_port)
    server.serve_forever()


if __name__ == "__main__":
    main()
