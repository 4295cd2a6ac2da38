"""Requests reach public addresses only, whatever a URL, a resolver or a server tries."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest
import trustme
from hypothesis import example, given
from hypothesis import strategies as st

from tests.kit.loopback import OK, Behaviour, Server, dripping, read_request, serving
from ultra.kit import outgoing
from ultra.kit import outgoing_network as network
from ultra.kit.outgoing import AddressRefused, Answer, Client, NoAnswer, Unreachable
from ultra.kit.outgoing_addresses import (
    AddressMalformed,
    AddressNotPublic,
    AddressNotSecure,
    AddressPortRefused,
    is_public,
    read,
)
from ultra.settings import Environment, settings

HOOK = "https://hook.example/in?a=1"
PUBLIC = "93.184.215.14"


class Resolver:
    """Answers with one list after the other, the last one for ever, and counts."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, host: str, port: int, seconds: float) -> Sequence[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Dialler:
    """Stands for the internet: every address is the same server on loopback; remembers which."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.dialled: list[str] = []

    def __call__(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.port), seconds)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def trusted(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def certificate_for(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def internet(
    authority: trustme.CA, trusted: ssl.SSLContext
) -> Iterator[Callable[..., tuple[Server, Client, Dialler]]]:
    """Set up a server as https://hook.example and a client for which it is public."""
    running = []

    def set_up(
        behave: Behaviour | bytes = OK,
        resolve: Resolver | None = None,
        name: str = "hook.example",
        total_seconds: float = 5.0,
    ) -> tuple[Server, Client, Dialler]:
        manager = serving(behave, certificate_for(authority, name))
        server = manager.__enter__()
        running.append(manager)
        dialler = Dialler(server.port)
        client = Client(
            resolve=resolve or Resolver([PUBLIC]),
            dial=dialler,
            trusted=trusted,
            connect_seconds=1,
            total_seconds=total_seconds,
        )
        return server, client, dialler

    yield set_up
    for manager in running:
        manager.__exit__(None, None, None)


class TestARequest:
    def test_arrives_and_its_answer_comes_back(self, internet: Callable[..., object]) -> None:
        server, client, dialler = internet()
        answer = client.post(HOOK, b'{"a": 1}', {"Content-Type": "application/json"})
        assert (answer.status, answer.text, answer.is_success) == (200, "ok", True)
        assert answer.headers["x-kind"] == "plain"
        assert answer.is_complete
        assert dialler.dialled == [PUBLIC]
        head, _, body = server.requests[0].partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        assert lines[0] == b"POST /in?a=1 HTTP/1.1"
        assert b"Host: hook.example" in lines
        assert b"Accept-Encoding: identity" in lines
        assert b"Content-Length: 8" in lines
        assert body == b'{"a": 1}'
        assert b"cookie" not in head.lower()

    def test_uses_no_proxy_of_the_environment(
        self, internet: Callable[..., object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        server, client, _ = internet()
        assert client.get(HOOK).status == 200
        assert server.requests

    def test_keeps_no_cookie(self, internet: Callable[..., object]) -> None:
        server, client, _ = internet(OK.replace(b"X-Kind: plain", b"Set-Cookie: a=b; Path=/"))
        client.get(HOOK)
        client.get(HOOK)
        assert server.connections == 2
        assert b"a=b" not in server.requests[1]

    @pytest.mark.parametrize("header", ["Host", "cookie", "X-A\r\nX-B", "X-Ü"])
    def test_refuses_headers_that_are_not_the_callers(self, header: str) -> None:
        with pytest.raises(ValueError, match="header"):
            Client().get(HOOK, {header: "a"})

    def test_refuses_a_line_break_in_a_value(self) -> None:
        with pytest.raises(ValueError, match="header"):
            Client().get(HOOK, {"X-A": "a\r\nX-B: b"})


REFUSED_TEXTS = [
    *("https://127.1/", "https://0x7f000001/", "https://2130706433/", "https://0/"),
    *("https://017700000001/", "https://0177.0.0.1/", "https://0x7f.1/", "https://127.0.0.1/"),
    *("https://127.0.0.1./", "https://[::]/", "https://[::1]/", "https://[::ffff:127.0.0.1]/"),
    *("https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::a9fe:a9fe]/"),
    *("https://[2002:7f00:1::]/", "https://[2002:a9fe:a9fe::1]/", "https://[2001:0:7f00:1::]/"),
    *("https://169.254.169.254/latest/meta-data", "https://[fd00:ec2::254]/", "https://[fe80::1]/"),
    *("https://[fe80::1%25eth0]/", "https://100.100.100.200/", "https://168.63.129.16/"),
    *("https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://192.0.0.192/"),
    *(
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://localhost/",
        "https://localhost./",
    ),
    *("https://①②⑦.⓪.⓪.①/", "https://１２７.0.0.1/", "https://127。0。0。1/", "https://redis/"),
    *("https://١٢٧.0.0.1/", "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/"),
    *("http://example.com/", "gopher://example.com/", "file:///etc/passwd", "ftp://example.com/"),
    *("javascript:alert(1)", "//example.com/", "example.com", "", "https://", "https:///x"),
    *("http://good.example@bad.example/", "https://good@bad.example/", "https://a:b@c.example/"),
    *("https://bad.example#@good.example/", "https://bad.example/#x", "https://bad.example/#"),
    *("https://bad.example\\@good.example/", "https://bad.example\\.good.example/"),
    *("https://a.example/x\r\nX-Injected: 1", "https://a.example/ x", "https://a.example/\tx"),
    *("https://a.example:80/", "https://a.example:22/", "https://a.example:6379/"),
    *("https://a.example:99999/", "https://a.example:x/", "https://a.example:0/"),
    *(
        "https://%6c%6f.example/",
        "https://a..example/",
        "https://-a.example/",
        "https://a／b.example/",
    ),
    *(
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 127}example/",
        f"https://a.example/{'x' * 2048}",
    ),
    *("https://[1.2.3.4]/", "https://[::1/", "https://1.2.3.4.5/", "https://1.2.3.256/"),
]


class TestTheTextOfAnAddress:
    @pytest.mark.parametrize("url", REFUSED_TEXTS)
    def test_is_refused_before_anything_is_looked_up(self, url: str) -> None:
        resolver = Resolver([PUBLIC])
        client = Client(resolve=resolver, dial=Dialler(1))
        for send in (client.check, client.get, partial(client.post, content=b"")):
            with pytest.raises(AddressRefused):
                send(url)
        assert resolver.asked == 0

    @pytest.mark.parametrize(
        ("url", "error"),
        [
            ("http://a.example/", AddressNotSecure),
            ("https://a.example:22/", AddressPortRefused),
            ("https://10.0.0.1/", AddressNotPublic),
            ("https://a@b.example/", AddressMalformed),
        ],
    )
    def test_the_refusal_says_why(self, url: str, error: type[AddressRefused]) -> None:
        with pytest.raises(error) as caught:
            outgoing.check(url)
        assert caught.value.status == 422

    @pytest.mark.parametrize(
        ("url", "host", "path", "netloc"),
        [
            ("https://Example.COM", "example.com", "/", "example.com"),
            ("https://example.com./a%20b?c=d", "example.com", "/a%20b?c=d", "example.com"),
            ("https://bücher.example:8443/ş", "xn--bcher-kva.example", "/%C5%9F",
             "xn--bcher-kva.example:8443"),
            ("https://1.1.1.1/", "1.1.1.1", "/", "1.1.1.1"),
            ("https://[2606:4700::1111]:443/", "2606:4700::1111", "/", "[2606:4700::1111]"),
            ("https://my_host.example/%0d%0aX", "my_host.example", "/%0d%0aX", "my_host.example"),
        ],
    )  # fmt: skip
    def test_is_read(self, url: str, host: str, path: str, netloc: str) -> None:
        target = read(url)
        assert (target.host, target.path, target.netloc) == (host, path, netloc)

    @given(st.sampled_from(["", "https://", "https://a.example", "http://"]), st.text())
    @example("https://", "[")
    @example("https://", "a.example:٣")
    @example("https://", "a.example%2f@127.0.0.1")
    def test_whatever_is_typed_is_read_or_refused(self, start: str, rest: str) -> None:
        try:
            target = read(start + rest)
        except AddressRefused:
            return
        assert (target.scheme, target.is_sandbox) == ("https", False)
        assert target.port in (443, 8443)
        line = target.host + target.path
        assert line.isascii()
        assert line.isprintable()
        assert " " not in line
        assert "@" not in target.host
        assert "/" not in target.host

    def test_http_needs_a_setting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings.outgoing, "allow_http", True)
        assert read("http://a.example/").port == 80
        assert read("http://a.example:8080/").port == 8080
        for url in ("http://a.example:81/", "http://127.0.0.1/", "http://a.example:443/"):
            with pytest.raises(AddressRefused):
                read(url)


class TestTheSandbox:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
    def test_is_reached_on_this_machine(self, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with serving(OK) as server:
            monkeypatch.setattr(settings, "sandbox_port", server.port)
            url = f"http://{host}:{server.port}/catch/a"
            outgoing.check(url)
            assert outgoing.post(url, b"x").text == "ok"

    def test_is_nothing_special_in_production(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "environment", Environment.PRODUCTION)
        with pytest.raises(AddressRefused):
            outgoing.check(f"http://127.0.0.1:{settings.sandbox_port}/catch/a")

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.2:{port}/", "http://[::1]:{port}/", "https://127.0.0.1:{port}/",
                    "http://127.1:{port}/", "http://127.0.0.1:{other}/", "http://a@127.0.0.1:{port}/"]
    )  # fmt: skip
    def test_is_one_origin_only(self, address: str) -> None:
        port = settings.sandbox_port
        with pytest.raises(AddressRefused):
            outgoing.check(address.format(port=port, other=port + 1))


class TestWhatANameResolvesTo:
    @pytest.mark.parametrize(
        "addresses",
        [
            ["127.0.0.1"],
            ["::1"],
            [PUBLIC, "::1"],
            ["::1", PUBLIC],
            [PUBLIC, "10.0.0.7"],
            ["::ffff:127.0.0.1"],
            ["64:ff9b::a9fe:a9fe"],
            ["2002:7f00:1::"],
            ["fe80::1%eth0"],
            ["0.0.0.0"],
            ["not an address"],
        ],
    )
    def test_one_private_answer_refuses_all(
        self, addresses: list[str], internet: Callable[..., object]
    ) -> None:
        server, client, dialler = internet(resolve=Resolver(addresses))
        for send in (client.check, client.get):
            with pytest.raises(AddressNotPublic):
                send(HOOK)
        assert (dialler.dialled, server.connections) == ([], 0)

    def test_a_name_that_changes_its_answer_changes_nothing(
        self, internet: Callable[..., object]
    ) -> None:
        """Rebinding: public when it is checked, private when it would be dialled."""
        resolver = Resolver([PUBLIC], [PUBLIC], ["127.0.0.1"])
        _, client, dialler = internet(resolve=resolver)
        client.check(HOOK)
        client.get(HOOK)
        assert (dialler.dialled, resolver.asked) == ([PUBLIC], 2)
        with pytest.raises(AddressNotPublic):
            client.get(HOOK)
        assert dialler.dialled == [PUBLIC]

    def test_the_real_resolver_finds_this_machine(self) -> None:
        found = network.resolve("localhost", 443, 3)
        assert "127.0.0.1" in found or "::1" in found
        assert not any(is_public(address) for address in found)

    def test_tries_every_address(self, trusted: ssl.SSLContext) -> None:
        dialled = []

        def refuse(address: str, port: int, seconds: float) -> socket.socket:
            dialled.append(address)
            raise ConnectionRefusedError

        client = Client(resolve=Resolver([PUBLIC, "1.1.1.1"]), dial=refuse, trusted=trusted)
        with pytest.raises(Unreachable):
            client.get(HOOK)
        assert dialled == [PUBLIC, "1.1.1.1"]

    def test_a_name_without_address_cannot_be_reached_and_may_be_saved(self) -> None:
        def unknown(host: str, port: int, seconds: float) -> list[str]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        client = Client(resolve=unknown)
        client.check(HOOK)
        with pytest.raises(Unreachable, match="not known"):
            client.get(HOOK)
        with pytest.raises(Unreachable):
            Client(resolve=Resolver([])).get(HOOK)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("192.0.1.1", True), ("172.32.0.1", True),
        ("192.0.0.8", False), ("192.88.99.1", False), ("198.19.0.1", False), ("240.0.0.1", False),
        ("2001:db8::1", False), ("2001:20::1", False), ("3fff::1", False), ("5f00::1", False),
        ("64:ff9b:1::1", False), ("ff02::1", False), ("fc00::1", False), ("::", False),
        ("2001:4860:4860::8888", True),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


class TestAHostileServer:
    def test_a_redirect_is_an_answer_and_not_followed(
        self, internet: Callable[..., object]
    ) -> None:
        moved = (
            b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\n"
            b"Content-Length: 0\r\n\r\n"
        )
        server, client, dialler = internet(moved)
        answer = client.post(HOOK, b"")
        assert (answer.status, answer.is_success) == (302, False)
        assert (dialler.dialled, server.connections) == ([PUBLIC], 1)

    def test_a_certificate_for_another_name_is_not_trusted(
        self, internet: Callable[..., object]
    ) -> None:
        server, client, _ = internet(name="other.example")
        with pytest.raises(Unreachable, match=r"[Hh]ostname mismatch"):
            client.post(HOOK, b"secret")
        assert server.requests == []

    def test_a_certificate_of_nobody_is_not_trusted(self) -> None:
        with serving(OK, certificate_for(trustme.CA(), "hook.example")) as server:
            client = Client(resolve=Resolver([PUBLIC]), dial=Dialler(server.port))
            with pytest.raises(Unreachable, match="certificate"):
                client.post(HOOK, b"secret")
            assert server.requests == []

    def test_a_server_that_does_not_speak_tls(self, trusted: ssl.SSLContext) -> None:
        with serving(b"") as server:
            client = Client(
                resolve=Resolver([PUBLIC]),
                dial=Dialler(server.port),
                trusted=trusted,
                connect_seconds=0.3,
            )
            with pytest.raises(Unreachable):
                client.get(HOOK)

    def test_of_a_long_body_64_kib_are_read(self, internet: Callable[..., object]) -> None:
        ten_gb = b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"
        _, client, _ = internet(dripping(ten_gb, b"a" * 65_536, 0))
        began = time.monotonic()
        answer = client.get(HOOK)
        assert (len(answer.text), answer.is_complete) == (65_536, False)
        assert time.monotonic() - began < 4

    def test_a_bomb_is_not_unpacked(self, internet: Callable[..., object]) -> None:
        bomb = gzip.compress(bytes(20_000_000))
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n"
        _, client, _ = internet(head.encode() + bomb)
        answer = client.get(HOOK)
        assert (answer.status, answer.text) == (200, "")

    def test_a_body_that_drips_ends_at_the_limit_and_its_status_counts(
        self, internet: Callable[..., object]
    ) -> None:
        start = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        _, client, _ = internet(dripping(start, b"a", 0.1), total_seconds=1)
        began = time.monotonic()
        answer = client.get(HOOK)
        assert 0.9 < time.monotonic() - began < 2.5
        assert (answer.status, answer.is_complete) == (200, False)

    def test_headers_that_drip_are_no_answer(self, internet: Callable[..., object]) -> None:
        _, client, _ = internet(dripping(b"HTTP/1.1 200 OK\r\n", b"X", 0.1), total_seconds=1)
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            client.get(HOOK)
        assert 0.9 < time.monotonic() - began < 2.5

    def test_headers_without_end_are_no_answer(self, internet: Callable[..., object]) -> None:
        _, client, _ = internet(dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 9000, 0))
        with pytest.raises(NoAnswer):
            client.get(HOOK)

    def test_silence_is_no_answer(self, internet: Callable[..., object]) -> None:
        def listen(connection: socket.socket) -> None:
            read_request(connection)
            assert connection.recv(1) == b""

        _, client, _ = internet(listen, total_seconds=0.5)
        with pytest.raises(NoAnswer, match="too long"):
            client.post(HOOK, b"x")

    def test_a_connection_that_ends_without_a_word_is_no_answer(
        self, internet: Callable[..., object]
    ) -> None:
        def hang_up(connection: socket.socket) -> None:
            read_request(connection)

        _, client, _ = internet(hang_up)
        with pytest.raises(NoAnswer):
            client.post(HOOK, b"x")

    @pytest.mark.parametrize(
        "answer", [b"", b"\x00\xff", b"HTTP/9 200\r\n\r\n", b"220 mail\r\n\r\n"]
    )
    def test_what_is_no_http_is_no_answer(
        self, answer: bytes, internet: Callable[..., object]
    ) -> None:
        _, client, _ = internet(answer)
        with pytest.raises(NoAnswer):
            client.get(HOOK)

    def test_bytes_that_are_no_text_become_one(self, internet: Callable[..., object]) -> None:
        _, client, _ = internet(b"HTTP/1.1 500 X\r\nContent-Length: 3\r\n\r\na\x00\xff")
        answer: Answer = client.get(HOOK)
        assert (answer.status, answer.text) == (500, "a\ufffd\ufffd")


class TestTimeLimits:
    def test_a_lookup_that_hangs_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1) or [])
        began = time.monotonic()
        with pytest.raises(Unreachable):
            Client(connect_seconds=0.2).get(HOOK)
        assert time.monotonic() - began < 0.9

    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        with pytest.raises(Unreachable, match="refused"):
            Client(resolve=Resolver([PUBLIC]), dial=Dialler(port)).get(HOOK)

    def test_a_server_that_does_not_read_ends(self, internet: Callable[..., object]) -> None:
        _, client, _ = internet(lambda _: time.sleep(1.5), total_seconds=0.5)
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            client.post(HOOK, bytes(30_000_000))
        assert time.monotonic() - began < 1.4
