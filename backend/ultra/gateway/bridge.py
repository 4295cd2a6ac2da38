"""Runs the Flask app on granian's event loop: one hop to a thread per request, none per live page.

Why not granian's own WSGI mode: there each live page would hold a thread (docs/decisions/0009).
Large bodies pass through piece by piece in both directions, so memory stays flat.
"""

import asyncio
import io
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any
from urllib.parse import unquote_to_bytes

from ultra.gateway.live import LIVE, Hub
from ultra.kit.http import SEND_FILE
from ultra.kit.log import get_logger
from ultra.settings import settings

log = get_logger()

SMALL_BODY = 65_536
"""Up to this many bytes a body is read at once; beyond, the handler pulls it piece by piece."""
LINGER_BYTES = 16 * 1_048_576
"""So much of a refused body is still read, so that the client gets to see why it was refused."""
PATIENCE_SECONDS = 120
"""A client that neither sends nor takes anything for this long has gone."""

Headers = list[tuple[str, str]]


class ClientGoneError(ConnectionError):
    """The client closed the connection or fell silent in the middle of a body."""


class BodyReader(io.RawIOBase):
    """A request body for the handler's thread, pulled from the event loop as it is read."""

    def __init__(self, protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._chunks = aiter(protocol)
        self._is_over = False
        self._loop = loop
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with what is there; 0 at the end. Raises ClientGoneError."""
        if not self._rest and not self._is_over:
            self._rest = memoryview(self._next())
            self._is_over = not self._rest
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def _next(self) -> bytes:
        async def pull() -> bytes:
            try:
                while True:
                    # Not anext(…, None): at the end of a body that crashes granian's process.
                    if chunk := await self._chunks.__anext__():
                        return bytes(chunk)
            except StopAsyncIteration:
                return b""

        waiting = asyncio.run_coroutine_threadsafe(pull(), self._loop)
        try:
            return waiting.result(PATIENCE_SECONDS)
        except Exception as error:
            waiting.cancel()
            raise ClientGoneError from error


class Bridge:
    """The application object that granian calls (RSGI 1.x)."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(settings.gateway.threads, "request")
        self._hub: Hub | None = None

    async def __call__(self, scope: Any, protocol: Any) -> None:
        if scope.proto != "http":
            return
        loop = asyncio.get_running_loop()
        environ = make_environ(scope)
        environ["wsgi.input"] = await self._body(environ, protocol, loop)
        exchange = _Exchange(self._app, environ, protocol, loop)
        await loop.run_in_executor(self._threads, exchange.run)
        if listener := environ.get(LIVE):
            await self._stream_live(protocol, exchange, listener)

    async def _body(
        self, environ: dict[str, Any], protocol: Any, loop: asyncio.AbstractEventLoop
    ) -> Any:
        length = environ.get("CONTENT_LENGTH")
        if length is None and "HTTP_TRANSFER_ENCODING" not in environ:
            return io.BytesIO()
        if length is not None and length.isdigit() and int(length) <= SMALL_BODY:
            return io.BytesIO(await protocol())
        if length is None:
            environ["wsgi.input_terminated"] = True
        return io.BufferedReader(BodyReader(protocol, loop), SMALL_BODY)

    async def _stream_live(self, protocol: Any, exchange: "_Exchange", listener: Any) -> None:
        self._hub = self._hub or Hub()
        # Asked before the stream is opened: afterwards granian answers at once.
        gone = asyncio.ensure_future(protocol.client_disconnect())
        await asyncio.sleep(0)
        # Flask counted an empty body.
        headers = [pair for pair in exchange.headers if pair[0].lower() != "content-length"]
        transport = protocol.response_stream(exchange.status, headers)
        events = self._hub.stream(listener)
        following: asyncio.Future[str | None] | None = None
        try:
            while True:
                following = asyncio.ensure_future(anext(events, None))
                await asyncio.wait({following, gone}, return_when=asyncio.FIRST_COMPLETED)
                text = following.result() if following.done() else None
                if text is None:
                    return
                await transport.send_str(text)
        except Exception as error:  # noqa: BLE001 - granian's own errors have no common class
            log.debug("live.closed", error=type(error).__name__)
        finally:
            # Cancelled and left: granian's future does not take part in awaiting its cancellation.
            gone.cancel()
            if following and not following.done():
                following.cancel()
                await asyncio.wait({following})
            await events.aclose()


class _Exchange:
    """One request and its answer, on a thread."""

    def __init__(
        self, app: Any, environ: dict[str, Any], protocol: Any, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._app, self._environ, self._protocol, self._loop = app, environ, protocol, loop
        self.status = 500
        self.headers: Headers = []

    def run(self) -> None:
        answer = self._app(self._environ, self._start)
        try:
            if LIVE not in self._environ:
                self._discard_rest()
                self._send(answer)
        except ClientGoneError:
            # Not the raw path, which may hold the key of a mail's link.
            log.info("request.client_gone", method=self._environ["REQUEST_METHOD"])
        finally:
            if close := getattr(answer, "close", None):
                close()

    def _discard_rest(self) -> None:
        """Read what the handler left of the body.

        Answering in the middle of it would end in a reset connection instead of the answer.
        """
        body, left = self._environ["wsgi.input"], LINGER_BYTES
        if isinstance(body, io.BytesIO) or "HTTP_EXPECT" in self._environ:
            return
        while left > 0 and (chunk := body.read1(SMALL_BODY)):
            left -= len(chunk)

    def _start(self, status: str, headers: Headers, _error: Any = None) -> Callable[[bytes], None]:
        self.status, self.headers = int(status[:3]), headers

        def write(_chunk: bytes) -> None:
            raise NotImplementedError("write() is the old way of WSGI; nothing here uses it")

        return write

    def _send(self, answer: Iterable[bytes]) -> None:
        has_body = self._environ["REQUEST_METHOD"] != "HEAD"
        if has_body and (file := self._environ.get(SEND_FILE)):
            path, start, end = file
            self._protocol.response_file_range(self.status, self.headers, path, start, end)
            return
        if isinstance(answer, list | tuple):
            self._send_whole(b"".join(answer) if has_body else b"")
            return
        pieces = iter(answer)
        first = next(pieces, b"")
        second = next(pieces, None)
        if second is None:
            self._send_whole(first if has_body else b"")
            return
        transport = self._protocol.response_stream(self.status, self.headers)
        for piece in chain((first, second), pieces):
            self._wait(transport.send_bytes(piece))

    def _send_whole(self, body: bytes) -> None:
        if body:
            self._protocol.response_bytes(self.status, self.headers, body)
        else:
            self._protocol.response_empty(self.status, self.headers)

    def _wait(self, sending: Any) -> None:
        async def send() -> None:
            await sending

        waiting = asyncio.run_coroutine_threadsafe(send(), self._loop)
        try:
            waiting.result(PATIENCE_SECONDS)
        except Exception as error:
            waiting.cancel()
            raise ClientGoneError from error


def make_environ(scope: Any) -> dict[str, Any]:
    """A WSGI environment (PEP 3333) of an RSGI scope."""
    client_host, _, client_port = scope.client.rpartition(":")
    server_host, _, server_port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server_host or "localhost",
        "SERVER_PORT": server_port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client_host.strip("[]"),
        "REMOTE_PORT": client_port,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        SEND_FILE: None,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            # It would become one with its twin: X_Forwarded_For could add to X-Forwarded-For.
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_LENGTH", "CONTENT_TYPE"):
            key = "HTTP_" + key
        if key in environ:
            separator = "; " if key == "HTTP_COOKIE" else ", "
            value = f"{environ[key]}{separator}{value}"  # noqa: PLW2901
        environ[key] = value
    return environ
