"""The way of a browser: to the provider, through its consent page, and back. Real HTTP there."""

import html
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpcore
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ultra.sandbox.oauth.misbehaviours import How
from ultra.settings import settings

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Person:
    """Somebody at the provider."""

    email: str = "elif@example.com"
    name: str = "Elif Arslan"
    is_verified: bool = True


@dataclass(frozen=True)
class Landing:
    """Where the browser was sent in the end."""

    path: str
    query: dict[str, str]

    @property
    def error(self) -> str | None:
        return self.query.get("error")


def misbehave(provider: str, how: How | None, seconds: float = 30) -> None:
    body = json.dumps({"provider": provider, "how": how, "seconds": seconds})
    address = f"http://127.0.0.1:{settings.sandbox_port}/oauth-misbehave"
    assert httpcore.request("POST", address, content=body.encode()).status == 200


def leave(client: FlaskClient, provider: str, next_path: str | None = None) -> str:
    """Press the button; the provider's address with all that the browser takes there."""
    query = {"language": "tr", **({"next": next_path} if next_path is not None else {})}
    answer = client.get(f"/api/auth/oauth/{provider}", query_string=query)
    assert answer.status_code == 302, answer.text
    return answer.location


def consent(address: str, person: Person | None) -> str:
    """Open the page and choose a person, or press Cancel; where the browser is sent then."""
    page = httpcore.request("GET", address)
    assert page.status == 200, page.content
    found = re.search(r'name="request" value="([^"]*)"', page.content.decode())
    assert found
    form = {"request": html.unescape(found[1])}
    if person is None:
        form["cancel"] = "1"
    else:
        form |= {"name": person.name, "email": person.email}
        if person.is_verified:
            form["is_verified"] = "on"
    plain = address.partition("?")[0]
    answer = httpcore.request("POST", plain, headers=FORM, content=urlencode(form).encode())
    assert answer.status == 302, answer.content
    return dict(answer.headers)[b"Location"].decode()


def arrive(client: FlaskClient, callback: str) -> TestResponse:
    """Follow the provider's redirect."""
    assert callback.startswith(f"{settings.website_url}/api/auth/oauth/")
    return client.get(callback.removeprefix(settings.website_url))


def landing(answer: TestResponse) -> Landing:
    assert answer.status_code == 302, answer.text
    assert answer.location.startswith(f"{settings.website_url}/")
    assert answer.headers["Cache-Control"] == "no-store"
    parts = urlsplit(answer.location)
    return Landing(parts.path, {name: each[0] for name, each in parse_qs(parts.query).items()})


def sign_in(
    client: FlaskClient,
    provider: str = "google",
    person: Person | None = Person(),
    next_path: str | None = None,
) -> Landing:
    return landing(arrive(client, consent(leave(client, provider, next_path), person)))


def link(client: FlaskClient, provider: str, person: Person | None) -> Landing:
    """From the settings of somebody who is signed in."""
    language = {"Accept-Language": "tr"}
    answer = client.post(f"/api/auth/identities/{provider}/link", headers=language)
    assert answer.status_code == 200, answer.text
    return landing(arrive(client, consent(answer.get_json()["url"], person)))


def who(client: FlaskClient) -> dict[str, Any] | None:
    """The person that this browser is signed in as."""
    answer = client.get("/api/auth/me")
    if answer.status_code == 401:
        return None
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()["user"]
    return found


def identities(client: FlaskClient) -> list[dict[str, Any]]:
    answer = client.get("/api/auth/identities")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found
