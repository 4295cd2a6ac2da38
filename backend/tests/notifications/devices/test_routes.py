"""Push devices through HTTP."""

import secrets
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.notifications import API, add_browser, base64url, subscription
from ultra.kit.db import read_only
from ultra.notifications.devices import service as devices
from ultra.notifications.devices.service import LIMIT
from ultra.settings import settings

DEVICES = f"{API}/push/subscriptions"
AUTH = base64url(bytes(16))
NOT_ON_THE_CURVE = base64url(b"\4" + bytes(64))
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def url(name: str = "a") -> str:
    return f"http://127.0.0.1:{settings.sandbox_port}/push/{name}"


def body(name: str = "a", **more: Any) -> dict[str, Any]:
    key = ec.generate_private_key(ec.SECP256R1())
    return {**subscription(url(name), key, secrets.token_bytes(16)), **more}


def listed(client: FlaskClient) -> list[Any]:
    found: list[Any] = client.get(DEVICES).get_json()["items"]
    return found


class TestAdd:
    def test_is_listed_without_its_address(self, client: FlaskClient, person: SignedUp) -> None:
        answer = client.post(DEVICES, json=body(), headers={"User-Agent": FIREFOX})
        assert answer.status_code == 201, answer.text
        (found,) = listed(client)
        assert found == answer.get_json()
        assert (found["label"], found["endpoint_host"]) == ("Firefox · Linux", "127.0.0.1")
        assert found["last_used_at"] is None
        assert "/push/a" not in client.get(DEVICES).text

    def test_may_be_named(self, client: FlaskClient, person: SignedUp) -> None:
        client.post(DEVICES, json=body(label="Ev"))
        assert listed(client)[0]["label"] == "Ev"

    def test_without_any_name_it_is_called_by_its_host(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        client.post(DEVICES, json=body(), headers={"User-Agent": ""})
        assert listed(client)[0]["label"] == "127.0.0.1"

    @pytest.mark.parametrize("agent", ["", FIREFOX])
    def test_an_address_that_is_none_is_refused(
        self, client: FlaskClient, person: SignedUp, agent: str
    ) -> None:
        wanted = {**body(), "endpoint": "https://["}
        answer = client.post(DEVICES, json=wanted, headers={"User-Agent": agent})
        assert answer.status_code == 422, answer.text

    def test_again_renews_it(self, client: FlaskClient, person: SignedUp) -> None:
        first = client.post(DEVICES, json=body()).get_json()
        browser = add_browser(client, url())
        assert [device["id"] for device in listed(client)] == [first["id"]]
        with read_only() as session:
            (device,) = devices.of_person(session, person.user_id)
            address = devices.address_of(session, device.id)
        assert address is not None
        assert address.auth == browser.auth

    def test_a_browser_belongs_to_whoever_is_signed_in_there(
        self, client: FlaskClient, person: SignedUp, stranger: FlaskClient
    ) -> None:
        add_browser(client, url())
        add_browser(stranger, url())
        assert (len(listed(client)), len(listed(stranger))) == (0, 1)

    def test_there_is_a_limit(self, client: FlaskClient, person: SignedUp) -> None:
        for number in range(LIMIT):
            add_browser(client, url(str(number)))
        answer = client.post(DEVICES, json=body("more"))
        assert (answer.status_code, answer.get_json()["code"]) == (409, "too_many_devices")
        add_browser(client, url("0"))

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"endpoint": "https://10.0.0.1/push"}, "address_not_public"),
            ({"endpoint": "https://169.254.169.254/"}, "address_not_public"),
            ({"keys": {"p256dh": base64url(bytes(65)), "auth": AUTH}}, "push_keys_invalid"),
            ({"keys": {"p256dh": NOT_ON_THE_CURVE, "auth": AUTH}}, "push_keys_invalid"),
            ({"keys": {"p256dh": "A", "auth": "A"}}, "push_keys_invalid"),
            ({"keys": {"p256dh": "a+b/", "auth": "AAAA"}}, "invalid"),
        ],
    )
    def test_refuses_what_no_browser_sends(
        self, client: FlaskClient, person: SignedUp, change: dict[str, Any], code: str
    ) -> None:
        answer = client.post(DEVICES, json=body() | change)
        assert (answer.status_code, answer.get_json()["code"]) == (422, code)
        assert listed(client) == []

    def test_refuses_a_secret_of_the_wrong_length(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        wrong = body()
        wrong["keys"]["auth"] = base64url(bytes(15))
        answer = client.post(DEVICES, json=wrong)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "push_keys_invalid")


def test_remove(client: FlaskClient, person: SignedUp, stranger: FlaskClient) -> None:
    browser = add_browser(client, url())
    path = f"{DEVICES}/{browser.id}"
    assert stranger.delete(path).status_code == 404
    assert len(listed(client)) == 1
    assert client.delete(path).status_code == 204
    assert listed(client) == []
    assert client.delete(path).status_code == 404


def test_everybody_gets_the_same_key(
    client: FlaskClient, person: SignedUp, stranger: FlaskClient
) -> None:
    first, second = (each.get(f"{API}/push/key").get_json() for each in (client, stranger))
    assert first == second
    assert len(first["public_key"]) == 87
