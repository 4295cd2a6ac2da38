"""The door of a running supervisor: a private socket on which `status` and `stop` are asked."""

import asyncio
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ultra.settings import Settings


class Control:
    def __init__(
        self, settings: Settings, status: Callable[[], dict[str, Any]], stop: Callable[[], None]
    ) -> None:
        self._status = status
        self._stop = stop
        self._path = socket_path(settings)
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        # The lock on ULTRA_HOME is ours: a socket that is still here belongs to nobody.
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._answer, self._path)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        self._path.unlink(missing_ok=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            match (await reader.readline()).strip():
                case b"status":
                    writer.write(json.dumps(self._status()).encode() + b"\n")
                case b"stop":
                    self._stop()
                    writer.write(b"{}\n")
            await writer.drain()
        except ConnectionError:
            # Whoever asked has gone; there is nobody to answer.
            return
        finally:
            writer.close()


def socket_path(settings: Settings) -> Path:
    return settings.run_dir / "control.sock"


def ask(settings: Settings, question: str) -> dict[str, Any] | None:
    """Put a question to the running supervisor; None when none answers."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            connection.connect(str(socket_path(settings)))
            connection.sendall(question.encode() + b"\n")
            with connection.makefile() as file:
                answer: dict[str, Any] = json.loads(file.readline())
                return answer
    except (OSError, ValueError):
        return None
