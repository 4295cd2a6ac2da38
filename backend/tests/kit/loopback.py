"""Small servers on loopback that answer as badly as a test wants."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kind: plain\r\n\r\nok"


@dataclass
class Server:
    port: int
    requests: list[bytes] = field(default_factory=list)
    """What each connection sent up to the end of its first body."""
    connections: int = 0


@contextmanager
def serving(behave: Behaviour | bytes, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve on a free port of 127.0.0.1; bytes are sent as they are, once a request was read."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])
    threads = []
    open_connections: list[socket.socket] = []

    def handle(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            spoken = connection
            if tls is not None:
                spoken = tls.wrap_socket(connection, server_side=True)
            with spoken:
                if callable(behave):
                    behave(spoken)
                    return
                server.requests.append(read_request(spoken))
                spoken.sendall(behave)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                server.connections += 1
                open_connections.append(connection)
                threads.append(threading.Thread(target=handle, args=(connection,)))
                threads[-1].start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield server
    finally:
        # Only this wakes a thread that waits in accept().
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join()
        for connection in open_connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()


def read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65_536) or _gone()
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += connection.recv(65_536) or _gone()
    return head + b"\r\n\r\n" + body


def dripping(start: bytes, piece: bytes, pause: float) -> Behaviour:
    """Send `piece` again and again until nobody listens any more."""

    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(start)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return behave


def _gone() -> bytes:
    raise ConnectionError
