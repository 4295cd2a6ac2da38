"""Which addresses people may have us send requests to: by their text, and by what they resolve to.

Someone who may name a URL could otherwise reach what only this machine reaches: databases, the
cloud's metadata service, neighbours in the network. The list is ours because `ipaddress` calls
several ways into private networks global (NAT64, 6to4, multicast), differently per Python version.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

import idna

from ultra.kit.errors import Invalid
from ultra.settings import settings

LONGEST_URL: Final = 2048
PORTS: Final = {"https": (443, 8443), "http": (80, 8080)}
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_SANDBOX_HOSTS: Final = ("127.0.0.1", "localhost")

# IANA's registry of special addresses, what is reserved, and one cloud's metadata service that
# stands in the middle of public ones (Azure's WireServer, the last).
_REFUSED_V4: Final = [
    ipaddress.IPv4Network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",
    )
]
# Of IPv6 only 2000::/3 is public. This leaves out every form that holds an IPv4 address, but 6to4
# (2002::) and Teredo (in 2001::/23), which follow with documentation and test networks.
_PUBLIC_V6: Final = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6: Final = [
    ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]


class AddressRefused(Invalid):
    tr = "Bu adrese istek gönderilemez."
    en = "Requests cannot be sent to this address."


class AddressMalformed(AddressRefused):
    tr = "Bu geçerli bir web adresi değil. Örnek: https://ornek.com/webhook."
    en = "This is not a valid web address. An example: https://example.com/webhook."


class AddressNotSecure(AddressRefused):
    tr = "Adres https:// ile başlamalı."
    en = "The address must start with https://."


class AddressPortRefused(AddressRefused):
    tr = "{port} numaralı bağlantı noktasına istek gönderilemez; 443 ve 8443 kullanılabilir."
    en = "Requests cannot be sent to port {port}; 443 and 8443 are possible."


class AddressNotPublic(AddressRefused):
    tr = "{host} herkese açık bir adres değil: kapalı bir ağa ya da bu sunucuya gidiyor."
    en = "{host} is not a public address: it leads into a private network or to this server."


@dataclass(frozen=True)
class Target:
    """A checked URL in its parts; `is_sandbox` ones need no check of what they resolve to."""

    scheme: str
    host: str
    port: int
    path: str
    is_sandbox: bool

    @property
    def netloc(self) -> str:
        """Host and port as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme][0] else f"{host}:{self.port}"


def read(url: str) -> Target:
    """Take a URL apart; raise AddressRefused for whatever the rules of its text forbid."""
    # urlsplit drops some control characters in silence, so they are looked for before it.
    if len(url) > LONGEST_URL or any(letter <= " " or letter in "\x7f\\" for letter in url):
        raise AddressMalformed
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _read_host(parts.hostname or "")
    except ValueError as error:
        raise AddressMalformed from error
    if parts.scheme not in PORTS:
        raise AddressNotSecure
    if "@" in parts.netloc or "#" in url:
        raise AddressMalformed
    port = port if port is not None else PORTS[parts.scheme][0]
    is_sandbox = (
        not settings.is_production
        and (parts.scheme, port) == ("http", settings.sandbox_port)
        and host in _SANDBOX_HOSTS
    )
    if not is_sandbox:
        if parts.scheme == "http" and not settings.outgoing.allow_http:
            raise AddressNotSecure
        if port not in PORTS[parts.scheme]:
            raise AddressPortRefused(port=port)
        _refuse_private_text(host)
    path = quote(parts.path or "/", safe="%/:=&~+!$,;'@()*[]-._")
    query = f"?{quote(parts.query, safe='%/?:=&~+!$,;@()*[]-._')}" if parts.query else ""
    return Target(parts.scheme, host, port, path + query, is_sandbox)


def is_public(address: str) -> bool:
    """Whether an address as a resolver gives it belongs to the public internet."""
    try:
        read_address = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(read_address, ipaddress.IPv4Address):
        return not any(read_address in network for network in _REFUSED_V4)
    return (
        read_address.scope_id is None
        and read_address in _PUBLIC_V6
        and not any(read_address in network for network in _REFUSED_V6)
    )


def _read_host(host: str) -> str:
    """Return the host in ASCII without a closing dot; raise ValueError if it is none."""
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    if not host.isascii():
        # Also makes ASCII digits and dots of those that only look like them.
        host = idna.encode(host, uts46=True).decode()
    labels = host.lower().removesuffix(".").split(".")
    name = ".".join(labels)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("not a host name")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        # 127.1, 0x7f000001 and 2130706433 are addresses too for the system; for us only the four
        # plain numbers are.
        return str(ipaddress.IPv4Address(name))
    return name


def _refuse_private_text(host: str) -> None:
    is_address = ":" in host or host.rpartition(".")[2].isdigit()
    if (is_address and not is_public(host)) or ("." not in host and not is_address):
        raise AddressNotPublic(host=host)
