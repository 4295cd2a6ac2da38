"""Figures are for the machine itself and for whoever brings the token."""

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from ultra.settings import settings

TOKEN = "a-token-that-nobody-guesses"


def status(client: FlaskClient, peer: str = "127.0.0.1", **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": peer}, headers=named)
    if answer.status_code == 200:
        assert "ultra_http_requests_total" in answer.text
    else:
        assert answer.get_json()["code"] == "metrics_forbidden"
        assert "ultra_http" not in answer.text
    return answer.status_code


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_sees_them(client: FlaskClient, peer: str) -> None:
    assert status(client, peer) == 200


@pytest.mark.parametrize("peer", ["10.0.0.7", "203.0.113.9", "2001:db8::1", "", "nonsense"])
def test_others_do_not(client: FlaskClient, peer: str) -> None:
    assert status(client, peer) == 403


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"]
)
def test_a_proxy_on_this_machine_passes_nobody_on(client: FlaskClient, header: str) -> None:
    assert status(client, **{header: "127.0.0.1"}) == 403


def test_whoever_brings_the_token_does(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "metrics_token", SecretStr(TOKEN))
    assert status(client, "10.0.0.7", Authorization=f"Bearer {TOKEN}") == 200
    for wrong in (f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", "Bearer ğ"):
        assert status(client, "10.0.0.7", Authorization=wrong) == 403


def test_without_a_token_an_empty_one_opens_nothing(client: FlaskClient) -> None:
    assert settings.metrics_token is None
    assert status(client, "10.0.0.7", Authorization="Bearer ") == 403
