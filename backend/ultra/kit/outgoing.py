"""Requests to addresses that people give us: webhooks, chat services, push services.

The other side may be hostile and may be anything: each request goes to a checked public address
only, follows no redirect, knows no proxy and no cookie, ends within seconds and reads 64 KiB at
most. docs/decisions/0022-outgoing-requests.md has the reasons.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import certifi
import httpcore

from ultra import __version__
from ultra.kit import outgoing_addresses as addresses
from ultra.kit import outgoing_network as network
from ultra.kit.outgoing_addresses import AddressRefused
from ultra.settings import settings

__all__ = ["AddressRefused", "Answer", "Client", "NoAnswer", "Unreachable", "check", "get", "post"]

MOST_BYTES: Final = 65_536
_OURS: Final = ("host", "user-agent", "connection", "accept-encoding", "content-length", "cookie")


class Unreachable(Exception):
    """Nothing was sent: no such name, no connection, no trustworthy encryption."""


class NoAnswer(Exception):
    """The request was sent, whole or in part, and no answer came: nobody knows if it counted."""


@dataclass(frozen=True)
class Answer:
    """What came back. Redirects are answers like any other, and nobody follows them."""

    status: int
    headers: Mapping[str, str]
    """By names in lower case."""
    text: str
    """The first 64 KiB; nothing when the other side compressed it, which we did not ask for."""
    is_complete: bool
    """False when there was more than 64 KiB, or it came too slowly or broke off."""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


@cache
def _trusted() -> ssl.SSLContext:
    context = ssl.create_default_context()
    # The system's own certificates, for companies with their own; and Mozilla's, for images that
    # have none.
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True)
class Client:
    """Tests bring their own resolver, dialler and trust; everybody else uses get and post below."""

    resolve: network.Resolve = network.resolve
    dial: network.Dial = network.dial
    trusted: ssl.SSLContext = field(default_factory=_trusted)
    connect_seconds: float = settings.outgoing.connect_seconds
    total_seconds: float = settings.outgoing.total_seconds
    most_bytes: int = MOST_BYTES
    """What is read of an answer; more only for those whose answers are known to be long."""

    def check(self, url: str) -> None:
        """Raise AddressRefused for a URL that no request would be sent to today.

        For the moment of saving it, so that a person hears of it at once; each request checks
        again. A name that cannot be looked up right now passes.
        """
        target = addresses.read(url)
        try:
            network.checked_addresses(target, self.resolve, self.connect_seconds)
        except OSError:
            return

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("GET", url, headers or {})

    def post(self, url: str, content: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send("POST", url, headers or {}, content)

    def send(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None = None
    ) -> Answer:
        target = addresses.read(url)
        deadline = network.Deadline(self.total_seconds)
        limits = {"connect": self.connect_seconds}
        address = httpcore.URL(
            scheme=target.scheme, host=target.host, port=target.port, target=target.path
        )
        # One connection for one request: what is kept open would have to be checked anew.
        connection = httpcore.HTTPConnection(
            address.origin,
            ssl_context=self.trusted,
            network_backend=network.Network(target, self.resolve, self.dial, deadline),
        )
        try:
            with (
                connection,
                connection.stream(
                    method,
                    address,
                    headers=list(_headers_of(target, headers).items()),
                    content=content,
                    extensions={"timeout": limits},
                ) as response,
            ):
                return _read(response, self.most_bytes)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise Unreachable(str(error) or "no connection in time") from error
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise NoAnswer(str(error) or "no answer in time") from error


def check(url: str) -> None:
    """Raise AddressRefused for a URL that no request would be sent to; for the moment of saving."""
    _client().check(url)


def get(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Raise AddressRefused, Unreachable or NoAnswer; any status is an answer."""
    return _client().get(url, headers)


def post(url: str, content: bytes, headers: Mapping[str, str] | None = None) -> Answer:
    """Raise AddressRefused, Unreachable or NoAnswer; any status is an answer."""
    return _client().post(url, content, headers)


@cache
def _client() -> Client:
    return Client()


def _headers_of(target: addresses.Target, given: Mapping[str, str]) -> dict[str, str]:
    ours = {
        "Host": target.netloc,
        "User-Agent": f"Ultrarslanoglu-Core/{__version__}",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    for name, value in given.items():
        text = name + value
        if name.lower() in _OURS or not (text.isprintable() and text.isascii()):
            raise ValueError(f"not a header that a caller may set: {name}")
    return {**given, **ours}


def _read(response: httpcore.Response, most_bytes: int) -> Answer:
    """Keep what has come when the rest does not: the status says already what happened."""
    body = b""
    is_complete = True
    try:
        for piece in response.iter_stream():
            body += piece
            if len(body) > most_bytes:
                is_complete = False
                break
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError):
        is_complete = False
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
    }
    is_plain = headers.get("content-encoding", "identity").lower() == "identity"
    # PostgreSQL keeps no NUL in a text.
    text = body[:most_bytes].decode("utf-8", errors="replace").replace("\x00", "\ufffd")
    return Answer(response.status, headers, text if is_plain else "", is_complete)
