"""Endpoints through HTTP: what may be saved, what is shown, whose they are."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import SignedUp
from tests.factories.notifications import API, add_endpoint
from ultra.notifications.endpoints.service import LIMIT
from ultra.settings import settings

ENDPOINTS = f"{API}/endpoints"


def local(path: str) -> str:
    """An address of the sandbox, the only one on this machine that may be called."""
    return f"http://127.0.0.1:{settings.sandbox_port}{path}"


HOOK = "https://93.184.215.14/hook?tenant=7"


class TestCreate:
    def test_a_webhook_gets_a_secret_that_is_shown_once(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        made = add_endpoint(client, HOOK)
        assert made["secret"].startswith("whsec_")
        assert (made["url"], made["kinds"], made["is_enabled"]) == (HOOK, [], True)
        found = client.get(f"{ENDPOINTS}/{made['id']}").get_json()
        assert "secret" not in found
        assert made["secret"] not in client.get(ENDPOINTS).text

    @pytest.mark.parametrize("kind", ["slack", "discord"])
    def test_a_chats_address_is_a_secret(
        self, client: FlaskClient, person: SignedUp, kind: str
    ) -> None:
        made = add_endpoint(client, local("/chat/T0/verysecret9876"), kind)
        assert made["secret"] is None
        assert made["url"] == "127.0.0.1/…9876"
        for path in (ENDPOINTS, f"{ENDPOINTS}/{made['id']}"):
            assert "verysecret" not in client.get(path).text

    @pytest.mark.parametrize(
        "url",
        [
            "http://169.254.169.254/latest/meta-data",
            "https://169.254.169.254/",
            "https://10.0.0.1/",
            "https://[::1]/",
            "http://127.0.0.1:1/",
            "http://93.184.215.14/",
            "ftp://93.184.215.14/",
            "https://user:password@93.184.215.14/",
            "not a url",
        ],
    )
    def test_refuses_an_address_that_is_not_public(
        self, client: FlaskClient, person: SignedUp, url: str
    ) -> None:
        body = {"type": "webhook", "name": "x", "url": url}
        answer = client.post(ENDPOINTS, json=body)
        assert answer.status_code == 422
        assert answer.get_json()["code"].startswith("address_")
        assert client.get(ENDPOINTS).get_json()["items"] == []

    @pytest.mark.parametrize(
        "change",
        [
            {"type": "telegram"},
            {"name": ""},
            {"kinds": ["test"]},
            {"kinds": ["odd"]},
            {"secret": "whsec_mine"},
        ],
    )
    def test_refuses_other_input(
        self, client: FlaskClient, person: SignedUp, change: dict[str, Any]
    ) -> None:
        body = {"type": "webhook", "name": "x", "url": HOOK, **change}
        assert client.post(ENDPOINTS, json=body).status_code == 422

    def test_there_is_a_limit(self, client: FlaskClient, person: SignedUp) -> None:
        for _ in range(LIMIT):
            add_endpoint(client, HOOK)
        answer = client.post(ENDPOINTS, json={"type": "webhook", "name": "x", "url": HOOK})
        assert (answer.status_code, answer.get_json()["code"]) == (409, "too_many_endpoints")


class TestChange:
    def test_changes_what_is_named(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_endpoint(client, HOOK, kinds=["note"])
        path = f"{ENDPOINTS}/{made['id']}"
        changed = client.patch(path, json={"name": "Yeni"}).get_json()
        assert (changed["name"], changed["url"], changed["kinds"]) == ("Yeni", HOOK, ["note"])
        changed = client.patch(path, json={"url": local("/x"), "kinds": []}).get_json()
        assert (changed["url"], changed["kinds"]) == (local("/x"), [])

    def test_refuses_an_address_that_is_not_public(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        made = add_endpoint(client, HOOK)
        answer = client.patch(f"{ENDPOINTS}/{made['id']}", json={"url": "https://10.0.0.1/"})
        assert answer.status_code == 422
        assert client.get(f"{ENDPOINTS}/{made['id']}").get_json()["url"] == HOOK

    def test_switches_off_and_on(self, client: FlaskClient, person: SignedUp) -> None:
        made = add_endpoint(client, HOOK)
        path = f"{ENDPOINTS}/{made['id']}"
        off = client.patch(path, json={"is_enabled": False}).get_json()
        assert (off["is_enabled"], off["disabled_reason"]) == (False, "by_person")
        on = client.patch(path, json={"is_enabled": True}).get_json()
        assert (on["is_enabled"], on["disabled_reason"]) == (True, None)

    def test_only_a_webhook_has_a_secret_to_rotate(
        self, client: FlaskClient, person: SignedUp
    ) -> None:
        made = add_endpoint(client, local("/chat"), "slack")
        answer = client.post(f"{ENDPOINTS}/{made['id']}/rotate")
        assert (answer.status_code, answer.get_json()["code"]) == (409, "endpoint_has_no_secret")


def test_lists_newest_first_without_gap_or_repeat(client: FlaskClient, person: SignedUp) -> None:
    made = [add_endpoint(client, HOOK)["id"] for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = client.get(f"{ENDPOINTS}?limit=2{cursor}").get_json()
        seen += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == made[::-1]


CALLS: list[tuple[str, str, Any]] = [
    ("GET", "", None),
    ("PATCH", "", {"name": "Benim"}),
    ("DELETE", "", None),
    ("POST", "/rotate", None),
    ("POST", "/enable", None),
    ("POST", "/test", None),
    ("GET", "/deliveries", None),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call[0]} {call[1]}")
def test_another_workspaces_is_not_there(
    client: FlaskClient, person: SignedUp, stranger: FlaskClient, call: tuple[str, str, Any]
) -> None:
    verb, tail, body = call
    made = add_endpoint(client, HOOK)
    before = client.get(ENDPOINTS).get_json()
    answer = stranger.open(f"{ENDPOINTS}/{made['id']}{tail}", method=verb, json=body)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "endpoint_not_found")
    assert client.get(ENDPOINTS).get_json() == before
    assert stranger.get(ENDPOINTS).get_json()["items"] == []
