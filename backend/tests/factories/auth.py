"""People for tests."""

from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from ultra.auth.public import CSRF_COOKIE

PASSWORD = "doğru at pil zımba"

_numbers = count(1)


@dataclass(frozen=True)
class SignedUp:
    """A new person; the client that signed up holds the cookies."""

    token: str
    user: dict[str, Any]
    workspace: dict[str, Any]
    password: str

    @property
    def headers(self) -> dict[str, str]:
        """For a client without cookies."""
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def user_id(self) -> UUID:
        return UUID(self.user["id"])

    @property
    def workspace_id(self) -> UUID:
        return UUID(self.workspace["id"])


class Browser(FlaskClient):
    """As our website does, it sends the CSRF token that it can read from its cookies."""

    def open(self, *args: Any, **inputs: Any) -> Any:
        cookie = self.get_cookie(CSRF_COOKIE)
        self.environ_base["HTTP_X_CSRF_TOKEN"] = cookie.value if cookie else ""
        return super().open(*args, **inputs)


def as_browser(app: Flask) -> FlaskClient:
    """A browser on our own website: keeps cookies, says that its requests come from our pages."""
    browser = Browser(app, app.response_class)
    browser.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def sign_up(
    client: FlaskClient, *, email: str | None = None, password: str = PASSWORD, **more: Any
) -> SignedUp:
    """Register a new person through the API; the client is signed in as them from then on."""
    body = {
        "email": email or f"kisi{next(_numbers)}@example.test",
        "password": password,
        "name": "Ayşe Yılmaz",
        **more,
    }
    answer = client.post("/api/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    found = answer.get_json()
    return SignedUp(found["token"], found["user"], found["workspace"], password)
