"""Ports of this machine: who holds one, and whether something answers behind it."""

import errno
import socket
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import psutil

from ultra.local.processes import CannotStartError, Unhealthy
from ultra.settings import Settings


def of_product(settings: Settings) -> dict[str, int]:
    """Every port that the product listens on, by the setting that chooses it."""
    ports = {
        "ULTRA_GATEWAY_PORT": settings.gateway_port,
        "ULTRA_WEBSITE_PORT": settings.website_port,
    }
    return (
        ports if settings.is_production else ports | {"ULTRA_SANDBOX_PORT": settings.sandbox_port}
    )


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: connections that are just dying do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise CannotStartError(
                    f"Port {port} is for the administrator only; choose one above 1023."
                ) from error
            return False
    return True


def holder(port: int) -> str:
    """Name who listens there, as far as this user may see."""
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.laddr and connection.laddr.port == port and connection.pid:
                process = psutil.Process(connection.pid)
                return f"{process.name()} (process {process.pid})"
    except psutil.Error:
        pass
    return "another program"


def must_be_free(port: int, setting: str) -> None:
    if not is_free(port):
        raise CannotStartError(
            f"Port {port} is taken by {holder(port)}. "
            f"End it, or choose another port: {setting}=<number> ./ultra up"
        )


def answers(url: str) -> None:
    """Raise Unhealthy unless the address answers with a success."""
    # Never through the proxy that the machine may have for other addresses.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(url, timeout=10) as answer:
            answer.read()
    except URLError as error:
        raise Unhealthy(f"{url}: {error.reason}") from error
    except OSError as error:
        raise Unhealthy(f"{url}: {error}") from error
