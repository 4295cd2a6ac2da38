"""A service that runs elsewhere. `tests/integration/test_services.py` runs it for real."""

import pytest
from flask.testing import FlaskClient

from tests.factories.auth import as_browser, sign_up
from ultra.gateway.app import create_app
from ultra.kit.access import Scope


def test_a_service_that_is_away_is_unavailable(client: FlaskClient) -> None:
    # Nobody listens on this port.
    app = create_app(["auth"], {"video": "http://127.0.0.1:1"})
    browser = as_browser(app)
    sign_up(browser)
    answer = browser.get("/api/video")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "2"
    assert browser.get("/api/auth/me").status_code == 200


def test_a_service_is_forwarded_although_it_could_be_mounted(client: FlaskClient) -> None:
    app = create_app(["auth", "video"], {"video": "http://127.0.0.1:1"})
    assert as_browser(app).get("/api/video/summary").status_code == 503


def test_a_service_that_is_neither_is_not_there(client: FlaskClient) -> None:
    assert as_browser(create_app(["auth"])).get("/api/video").status_code == 404


def test_the_log_does_not_show_what_only_the_service_knows_to_be_a_key(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app([], {"auth": "http://127.0.0.1:1"})
    capsys.readouterr()
    as_browser(app).get("/api/invitations/nobody-else-knows-this")
    logged = capsys.readouterr().out
    assert "path=/api/invitations" in logged
    assert "nobody-else" not in logged


def test_every_route_states_its_access_there_too() -> None:
    app = create_app([], {"auth": "http://127.0.0.1:1", "video": "http://127.0.0.1:1"})
    for view in app.view_functions.values():
        assert isinstance(view.access, Scope)  # type: ignore[attr-defined]
