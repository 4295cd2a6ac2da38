"""How a request to a given address gets its connection: resolve once, check all, dial the checked.

httpcore speaks HTTP over whatever its network backend hands over. Ours looks a name up once and
connects to the very address that it has checked, so an answer that changes in between changes
nothing; and one deadline covers everything from the lookup to the last byte, however slowly they
drip.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore

from ultra.kit.outgoing_addresses import AddressNotPublic, Target, is_public

Resolve = Callable[[str, int, float], Sequence[str]]
"""Host, port and seconds to the addresses of the host; raises OSError."""
Dial = Callable[[str, int, float], socket.socket]
"""Address, port and seconds to a connection; raises OSError."""


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Ask the system, which itself knows no time limit: hence the thread."""
    answers: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except OSError as error:
            answers.put(error)

    Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0))
    except Empty:
        raise TimeoutError(f"looking up {host} took too long") from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def dial(address: str, port: int, seconds: float) -> socket.socket:
    connection = socket.create_connection((address, port), timeout=max(seconds, 0.001))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def checked_addresses(target: Target, resolve: Resolve, seconds: float) -> list[str]:
    """Every address of the target; one that is not public refuses them all."""
    if target.is_sandbox:
        return ["127.0.0.1"]
    found = list(dict.fromkeys(resolve(target.host, target.port, seconds)))
    if not all(is_public(address) for address in found):
        raise AddressNotPublic(host=target.host)
    return found


class Deadline:
    """A moment after which every read and write is too late."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Seconds that are left, and never none: a socket with 0 would not wait at all."""
        rest = max(self._end - time.monotonic(), 0.001)
        return rest if at_most is None else min(rest, at_most)

    def check(self) -> None:
        if time.monotonic() >= self._end:
            raise TimeoutError


class Network(httpcore.NetworkBackend):
    """Connects to one checked target; one is made for each request."""

    def __init__(self, target: Target, resolve: Resolve, dial: Dial, deadline: Deadline) -> None:
        self._target = target
        self._resolve = resolve
        self._dial = dial
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        within = Deadline(self._deadline.left(timeout))
        with _as(httpcore.ConnectError, httpcore.ConnectTimeout):
            addresses = checked_addresses(self._target, self._resolve, within.left())
            failure: OSError = ConnectionError(f"{host} has no address")
            for address in addresses:
                within.check()
                try:
                    return _Stream(self._dial(address, port, within.left()), self._deadline)
                except OSError as error:
                    failure = error
            raise failure


class _Stream(httpcore.NetworkStream):
    """A socket whose every wait ends at the deadline."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._socket = connection
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _as(httpcore.ReadError, httpcore.ReadTimeout):
            self._limit_wait(timeout)
            return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # `send` in a loop and not `sendall`, whose limit begins anew for each TLS record.
        with _as(httpcore.WriteError, httpcore.WriteTimeout):
            while buffer:
                self._limit_wait(timeout)
                buffer = buffer[self._socket.send(buffer) :]

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        with _as(httpcore.ConnectError, httpcore.ConnectTimeout):
            try:
                self._limit_wait(timeout)
                wrapped = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
            except BaseException:
                self.close()
                raise
        return _Stream(wrapped, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Tell httpcore which protocol TLS has agreed on; nothing else is asked of one request."""
        is_tls = info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket)
        return self._socket if is_tls else None

    def _limit_wait(self, at_most: float | None) -> None:
        self._deadline.check()
        self._socket.settimeout(self._deadline.left(at_most))


@contextmanager
def _as(failed: type[Exception], took_too_long: type[Exception]) -> Iterator[None]:
    """Turn the system's errors into httpcore's; an AddressRefused passes as it is."""
    try:
        yield
    except TimeoutError as error:
        raise took_too_long("it took too long") from error
    except OSError as error:
        raise failed(str(error)) from error
