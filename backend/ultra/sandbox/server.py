"""The server's two peculiarities: it says little, and it can hang up in the middle.

werkzeug's own server hands over the connection, which the catcher needs to break it; that it is
made for development is right for a sandbox.
"""

import os
import socket
import struct
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.serving import WSGIRequestHandler

RESET = "sandbox.reset"
Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]


class Handler(WSGIRequestHandler):
    """Logs no request, as the sandbox's pages show them, and expects broken connections."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def connection_dropped(
        self,
        error: BaseException,  # noqa: ARG002 - werkzeug's signature
        environ: Environment | None = None,  # noqa: ARG002
    ) -> None:
        # Else it would wait for a further request on the connection that is gone.
        self.close_connection = True


class HangsUp:
    """Break the connection, with a TCP reset, of a request that was marked by RESET."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self._application(environ, start_response)
        if not environ.get(RESET):
            return answer
        connection: socket.socket | None = environ.get("werkzeug.socket")
        if connection is not None:
            # To linger for no time makes the close a reset.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(connection.detach())
        raise ConnectionResetError
