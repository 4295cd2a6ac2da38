"""The bad network is bad in exactly the way that it says."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg
import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.chaos.proxy import Address, Mode, Proxy
from ultra.settings import Settings

SHORT = 0.3
"""Silence for so long counts as silence."""


class Echo:
    """A server that answers every byte with itself; remembers how its connections ended."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.ended: list[str] = []
        self.connections: list[socket.socket] = []
        self.threads: list[threading.Thread] = []
        self.acceptor = threading.Thread(target=self._accept)
        self.acceptor.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.connections.append(connection)
                self.threads.append(threading.Thread(target=self._answer, args=(connection,)))
                self.threads[-1].start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                while piece := connection.recv(65_536):
                    connection.sendall(piece)
                self.ended.append("end")
            except OSError:
                self.ended.append("reset")

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.acceptor.join()
        for thread in self.threads:
            thread.join(5)
            assert not thread.is_alive()


@pytest.fixture(params=["tcp", "unix"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def echo(kind: str, tmp_path: Path) -> Iterator[Echo]:
    if kind == "tcp":
        listener = socket.create_server(("127.0.0.1", 0))
    else:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(tmp_path / "echo"))
        listener.listen()
    server = Echo(listener)
    yield server
    server.close()


@pytest.fixture
def proxy(kind: str, echo: Echo, tmp_path: Path) -> Iterator[Proxy]:
    listen: Address = ("127.0.0.1", 0) if kind == "tcp" else tmp_path / "proxy"
    target: Address = echo.listener.getsockname() if kind == "tcp" else tmp_path / "echo"
    with Proxy(target, listen) as running:
        yield running


@pytest.fixture
def open_to(proxy: Proxy) -> Iterator[object]:
    """Connect through the proxy."""
    with ExitStack() as stack:

        def connect() -> socket.socket:
            if isinstance(proxy.address, Path):
                made = socket.socket(socket.AF_UNIX)
                made.settimeout(5)
                stack.enter_context(made)
                made.connect(str(proxy.address))
            else:
                made = stack.enter_context(socket.create_connection(proxy.address, 5))
            return made

        yield connect


def talks(connection: socket.socket, word: bytes = b"word") -> bool:
    connection.sendall(word)
    heard = b""
    while len(heard) < len(word):
        piece = connection.recv(65_536)
        if not piece:
            return False
        heard += piece
    return heard == word


def is_silent(connection: socket.socket) -> bool:
    connection.settimeout(SHORT)
    try:
        connection.recv(1)
    except TimeoutError:
        return True
    finally:
        connection.settimeout(5)
    return False


def wait_until_closed(proxy: Proxy) -> None:
    deadline = time.monotonic() + 5
    while proxy.open_connections:
        assert time.monotonic() < deadline
        time.sleep(0.01)


class TestPass:
    def test_carries_both_ways(self, open_to: object, proxy: Proxy) -> None:
        connection = open_to()
        assert talks(connection)
        assert (proxy.accepted, proxy.open_connections) == (1, 1)

    def test_carries_megabytes(self, open_to: object) -> None:
        connection = open_to()
        sender = threading.Thread(target=connection.sendall, args=(bytes(8_000_000),))
        sender.start()
        heard = 0
        while heard < 8_000_000:
            heard += len(connection.recv(65_536))
        sender.join()
        assert heard == 8_000_000

    def test_passes_an_end_on(self, open_to: object, proxy: Proxy, echo: Echo) -> None:
        connection = open_to()
        assert talks(connection)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
        wait_until_closed(proxy)
        assert echo.ended == ["end"]


class TestRefuse:
    def test_nobody_listens_and_nobody_stays(self, open_to: object, proxy: Proxy) -> None:
        connection = open_to()
        assert talks(connection)
        proxy.set(Mode.REFUSE)
        with suppress(ConnectionResetError):
            assert connection.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            open_to()

    def test_listens_at_the_same_place_afterwards(self, open_to: object, proxy: Proxy) -> None:
        before = proxy.address
        proxy.set(Mode.REFUSE)
        proxy.set(Mode.PASS)
        assert proxy.address == before
        assert talks(open_to())


class TestReset:
    def test_breaks_old_and_new(self, open_to: object, proxy: Proxy, kind: str) -> None:
        old = open_to()
        assert talks(old)
        proxy.set(Mode.RESET)
        for connect in (lambda: old, open_to):
            if kind == "tcp":
                # A new one may be broken while it is still being made.
                with pytest.raises(ConnectionResetError):
                    connect().recv(1)
            else:
                assert connect().recv(1) == b""
        proxy.set(Mode.PASS)
        assert talks(open_to())

    def test_the_other_side_is_broken_too(
        self, open_to: object, proxy: Proxy, echo: Echo, kind: str
    ) -> None:
        assert talks(open_to())
        proxy.set(Mode.RESET)
        wait_until_closed(proxy)
        deadline = time.monotonic() + 5
        while not echo.ended:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert echo.ended == ["reset" if kind == "tcp" else "end"]


class TestBlackHole:
    def test_nothing_gets_through_until_the_cable_is_back(
        self, open_to: object, proxy: Proxy
    ) -> None:
        old = open_to()
        assert talks(old)
        proxy.set(Mode.BLACK_HOLE)
        new = open_to()
        for connection in (old, new):
            connection.sendall(b"held")
            assert is_silent(connection)
        proxy.set(Mode.PASS)
        for connection in (old, new):
            assert connection.recv(4) == b"held"
            assert talks(connection)

    def test_nobody_hears_the_end_of_the_other(
        self, open_to: object, proxy: Proxy, echo: Echo
    ) -> None:
        gone, stays = open_to(), open_to()
        assert talks(gone)
        assert talks(stays)
        proxy.set(Mode.BLACK_HOLE)
        gone.close()
        for connection in tuple(echo.connections):
            connection.shutdown(socket.SHUT_WR)
        assert is_silent(stays)
        assert echo.ended == []
        proxy.set(Mode.PASS)
        assert stays.recv(1) == b""


class TestBlackHoleOld:
    def test_old_ones_are_silent_for_good_and_new_ones_talk(
        self, open_to: object, proxy: Proxy
    ) -> None:
        old = open_to()
        assert talks(old)
        proxy.set(Mode.BLACK_HOLE_OLD)
        assert talks(open_to())
        old.sendall(b"lost")
        assert is_silent(old)
        proxy.set(Mode.PASS)
        assert is_silent(old)
        assert talks(open_to())

    def test_a_second_time_takes_those_made_since(self, open_to: object, proxy: Proxy) -> None:
        proxy.set(Mode.BLACK_HOLE_OLD)
        middle = open_to()
        assert talks(middle)
        proxy.set(Mode.BLACK_HOLE_OLD)
        middle.sendall(b"lost")
        assert is_silent(middle)

    def test_an_end_brings_the_old_ones_down(self, open_to: object, proxy: Proxy) -> None:
        old = open_to()
        assert talks(old)
        proxy.set(Mode.BLACK_HOLE_OLD)
        proxy.set(Mode.REFUSE)
        with suppress(ConnectionResetError):
            assert old.recv(1) == b""
        wait_until_closed(proxy)


class TestDelay:
    def test_is_later_in_both_directions(self, open_to: object, proxy: Proxy) -> None:
        connection = open_to()
        assert talks(connection)
        proxy.set(Mode.DELAY, delay_seconds=0.15)
        began = time.monotonic()
        assert talks(connection)
        assert time.monotonic() - began >= 0.3
        proxy.set(Mode.PASS)
        assert talks(connection)

    def test_is_latency_and_not_a_narrow_pipe(self, open_to: object, proxy: Proxy) -> None:
        connection = open_to()
        assert talks(connection)
        proxy.set(Mode.DELAY, delay_seconds=0.2)
        began = time.monotonic()
        for number in range(20):
            connection.sendall(b"%02d" % number)
            time.sleep(0.005)
        heard = b""
        while len(heard) < 40:
            heard += connection.recv(100)
        assert heard == b"".join(b"%02d" % number for number in range(20))
        assert time.monotonic() - began < 2

    def test_keeps_the_order_when_it_ends(self, open_to: object, proxy: Proxy) -> None:
        connection = open_to()
        assert talks(connection)
        proxy.set(Mode.DELAY, delay_seconds=0.3)
        connection.sendall(b"first")
        time.sleep(0.05)
        proxy.set(Mode.PASS)
        connection.sendall(b"second")
        heard = b""
        while len(heard) < 11:
            heard += connection.recv(100)
        assert heard == b"firstsecond"


def test_the_target_can_change(open_to: object, proxy: Proxy) -> None:
    assert talks(open_to())
    with socket.create_server(("127.0.0.1", 0)) as other:
        proxy.target = other.getsockname()
        connection = open_to()
        accepted, _ = other.accept()
        with accepted:
            accepted.sendall(b"hello")
            assert connection.recv(5) == b"hello"


def test_a_target_that_is_away_ends_the_connection(open_to: object, proxy: Proxy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        proxy.target = gone.getsockname()
    connection = open_to()
    with suppress(ConnectionResetError):
        assert connection.recv(1) == b""
    wait_until_closed(proxy)


def test_ends_with_connections_in_every_state(echo: Echo, kind: str, tmp_path: Path) -> None:
    target: Address = echo.listener.getsockname() if kind == "tcp" else tmp_path / "echo"
    clients = []
    with Proxy(target) as running:
        for mode in (Mode.PASS, Mode.BLACK_HOLE, Mode.BLACK_HOLE_OLD, Mode.DELAY):
            running.set(mode, delay_seconds=60)
            clients.append(socket.create_connection(running.address, 5))
            clients[-1].sendall(b"x")
            time.sleep(0.05)
    for client in clients:
        with client, suppress(ConnectionResetError):
            while client.recv(10):
                pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(running.address, 5)


class TestTheProductsStores:
    def test_redis_is_reached_on_a_new_connection_when_the_old_one_is_dead(
        self, stack: Settings, tmp_path: Path
    ) -> None:
        with (
            Proxy(stack.run_dir / "redis.sock", tmp_path / "redis.sock") as proxy,
            Redis(
                unix_socket_path=str(proxy.address),
                socket_timeout=SHORT,
                retry=Retry(NoBackoff(), 1),
            ) as redis,
        ):
            assert redis.ping()
            proxy.set(Mode.BLACK_HOLE_OLD)
            assert redis.ping()
            assert proxy.accepted == 2

    def test_postgresql_is_cut_off_and_comes_back(self, stack: Settings, tmp_path: Path) -> None:
        name = ".s.PGSQL.5432"
        with Proxy(stack.run_dir / name, tmp_path / name) as proxy:
            where = f"host={tmp_path} user=postgres dbname=ultra"
            with psycopg.connect(where) as connection:
                assert connection.execute("select 1").fetchone() == (1,)
                proxy.set(Mode.RESET)
                with pytest.raises(psycopg.OperationalError):
                    connection.execute("select 1")
            proxy.set(Mode.PASS)
            with psycopg.connect(where) as connection:
                assert connection.execute("select 1").fetchone() == (1,)
