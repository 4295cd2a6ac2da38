"""A port that is taken is reported with its holder and the setting to change."""

import os
import socket

import pytest

from ultra.local import ports
from ultra.local.processes import CannotStartError, Unhealthy


def test_names_the_holder_and_what_to_set() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotStartError) as refusal:
            ports.must_be_free(port, "ULTRA_GATEWAY_PORT")
        assert f"process {os.getpid()}" in str(refusal.value)
        assert "ULTRA_GATEWAY_PORT=<number> ./ultra up" in str(refusal.value)
    ports.must_be_free(port, "ULTRA_GATEWAY_PORT")


def test_nobody_there_is_unhealthy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unhealthy, match="refused"):
        ports.answers(f"http://127.0.0.1:{port}/readyz")
