"""The product as real processes: one gateway, or a gateway and the video service beside it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.homes import free_port
from tests.integration.processes import Caller, Child, wait_until


@dataclass(frozen=True)
class Server:
    """Where to call, and the processes behind it."""

    port: int
    processes: list[Child]


def start_gateway(stack: ExitStack, port: int, **environment: str) -> Child:
    """A gateway process that answers."""
    child = stack.enter_context(
        Child(
            "ultra.gateway",
            ULTRA_GATEWAY_PORT=str(port),
            ULTRA_GATEWAY__PROCESSES="1",
            ULTRA_GATEWAY__LIVE_PULSE_SECONDS="1",
            ULTRA_AUTH__BCRYPT_COST="4",
            **environment,
        )
    )

    def answers() -> bool:
        try:
            return Caller(port).call("GET", "/readyz").status == 200
        except OSError:
            return False

    wait_until(answers, 30, f"the gateway is ready; its log:\n{child.log()}")
    return child


@pytest.fixture(scope="module", params=["mounted", "split"])
def server(request: pytest.FixtureRequest, empty_stores: Callable[[], None]) -> Iterator[Server]:
    """Everything in one process, or `video` in a process of its own."""
    empty_stores()
    port = free_port()
    with ExitStack() as stack:
        if request.param == "mounted":
            yield Server(port, [start_gateway(stack, port)])
            return
        video_port = free_port()
        video = start_gateway(stack, video_port, ULTRA_SERVICES="video")
        gateway = start_gateway(
            stack,
            port,
            ULTRA_SERVICES="auth",
            ULTRA_SERVICE_URLS__VIDEO=f"http://127.0.0.1:{video_port}",
        )
        yield Server(port, [gateway, video])


@pytest.fixture
def caller(server: Server) -> Caller:
    """A new person's program."""
    return Caller.signed_up(server.port)
