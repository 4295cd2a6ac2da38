"""A bad network between the product and one of its stores: a proxy that can be told to fail.

It runs in a thread of its own, in front of a TCP port or a Unix socket. What a mode means:

    pass             bytes go through at once
    delay            bytes go through, each `delay_seconds` later, in both directions
    refuse           nobody listens: new connections are refused, the old ones are closed
    reset            every connection, old or new, is broken (on a Unix socket: closed)
    black_hole       connections are made, but no byte and no end of a connection gets through
    black_hole_old   only the connections of before are silent, and stay so: half-open, as after a
                     firewall has forgotten them; new ones pass

After black_hole and then pass the bytes held back go on, as after a cable was plugged in again.
"""

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Address = tuple[str, int] | Path
PIECE = 65_536
CALM_SECONDS = 5
"""How long the proxy's own thread may take to do what it is told."""


class Mode(StrEnum):
    PASS = "pass"
    DELAY = "delay"
    REFUSE = "refuse"
    RESET = "reset"
    BLACK_HOLE = "black_hole"
    BLACK_HOLE_OLD = "black_hole_old"


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """Listens on `listen` (by default a free port of 127.0.0.1) and speaks to `target`."""

    def __init__(self, target: Address, listen: Address = ("127.0.0.1", 0)) -> None:
        self.target = target
        """May be set to another one at any moment, for the connections to come."""
        self.address = listen
        """Where to connect; known once it runs."""
        self.mode = Mode.PASS
        self.accepted = 0
        self._delay_seconds = 0.0
        self._connections: set[_Connection] = set()
        self._server: asyncio.Server | None = None
        self._mistakes: list[dict[str, Any]] = []
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _, context: self._mistakes.append(context))
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        if isinstance(self.address, Path):
            self.address.unlink(missing_ok=True)
        # A proxy that fails by itself would make the tests behind it worth nothing.
        assert not self._mistakes, self._mistakes

    def set(self, mode: Mode, *, delay_seconds: float = 0.0) -> None:
        """Change the weather; returns when it holds for every connection."""
        self._do(self._change(mode, delay_seconds))

    @property
    def open_connections(self) -> int:
        return len(self._connections)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(CALM_SECONDS)

    async def _listen(self) -> None:
        if isinstance(self.address, Path):
            self.address.unlink(missing_ok=True)
            self._server = await asyncio.start_unix_server(self._accept, self.address)
        else:
            self._server = await asyncio.start_server(self._accept, *self.address)
            # A free port, once found, is kept: whoever connects again looks for it there.
            self.address = self._server.sockets[0].getsockname()[:2]

    async def _change(self, mode: Mode, delay_seconds: float) -> None:
        self.mode = mode
        self._delay_seconds = delay_seconds if mode is Mode.DELAY else 0.0
        if mode is Mode.REFUSE and self._server is not None:
            # The file of a Unix socket stays: connecting to it is refused, not unknown.
            self._server.close()
            self._server = None
        elif mode is not Mode.REFUSE and self._server is None:
            await self._listen()
        for connection in tuple(self._connections):
            if mode is Mode.REFUSE:
                connection.close()
            elif mode is Mode.RESET:
                connection.reset()
            elif mode is Mode.BLACK_HOLE_OLD:
                connection.lose()
            else:
                connection.open_gate(mode is not Mode.BLACK_HOLE)

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        last = tuple(self._connections)
        for connection in last:
            connection.close()
        await asyncio.gather(*(connection.task for connection in last), return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        task = asyncio.current_task()
        assert task is not None
        connection = _Connection(self, (reader, writer), task)
        self._connections.add(connection)
        try:
            if self.mode is Mode.RESET:
                connection.reset()
                return
            connection.open_gate(self.mode is not Mode.BLACK_HOLE)
            await connection.run()
        except asyncio.CancelledError:
            # Our own `close`; the task ends here anyhow, and asyncio would report it as a mistake.
            pass
        finally:
            connection.close()
            self._connections.discard(connection)

    async def connect(self) -> Line:
        if isinstance(self.target, Path):
            return await asyncio.open_unix_connection(self.target)
        return await asyncio.open_connection(*self.target)

    @property
    def delay_seconds(self) -> float:
        return self._delay_seconds


class _Connection:
    """Both lines of one connection: to the client, and, once its gate was open, to the target."""

    def __init__(self, proxy: Proxy, client: Line, task: asyncio.Task[Any]) -> None:
        self.task = task
        self._proxy = proxy
        self._lines = [client]
        self._gate = asyncio.Event()
        self._is_lost = False

    def open_gate(self, is_open: bool) -> None:
        if is_open and not self._is_lost:
            self._gate.set()
        else:
            self._gate.clear()

    def lose(self) -> None:
        """Say nothing any more, whatever comes."""
        self._is_lost = True
        self._gate.clear()

    def reset(self) -> None:
        for _, writer in self._lines:
            connection = writer.get_extra_info("socket")
            with suppress(OSError):
                # To linger for no time makes the close of a TCP connection a reset.
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close()

    def close(self) -> None:
        for _, writer in self._lines:
            writer.transport.abort()
        if self.task is not asyncio.current_task():
            self.task.cancel()

    async def run(self) -> None:
        await self._gate.wait()
        try:
            self._lines.append(await self._proxy.connect())
        except OSError:
            # Nobody is behind us: the client hears it as the end of its connection.
            return
        (reader, writer), (far_reader, far_writer) = self._lines
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(reader, far_writer))
                both.create_task(self._carry(far_reader, writer))
        except* OSError:
            # One side is gone; `close` tells the other.
            pass

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one direction until its end, which is passed on as well."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(256)
        loop = asyncio.get_running_loop()

        async def deliver() -> None:
            while True:
                due, piece = await on_the_way.get()
                await asyncio.sleep(due - loop.time())
                await self._gate.wait()
                if not piece:
                    break
                writer.write(piece)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()

        async with asyncio.TaskGroup() as hands:
            hands.create_task(deliver())
            piece = b"-"
            while piece:
                await self._gate.wait()
                piece = await reader.read(PIECE)
                await on_the_way.put((loop.time() + self._proxy.delay_seconds, piece))
