"""What becomes of a request on its way to Flask; the rest is in tests/integration."""

from types import SimpleNamespace

from ultra.gateway.bridge import make_environ


def test_a_header_with_an_underscore_does_not_pass_for_its_twin() -> None:
    """Else a caller could add to what only a trusted proxy may say."""
    headers = {"x-forwarded-for": "203.0.113.9", "x_forwarded_for": "192.0.2.66"}
    scope = SimpleNamespace(
        client="127.0.0.1:40000",
        server="127.0.0.1:5000",
        method="GET",
        path="/api/auth/me",
        query_string="",
        http_version="1.1",
        scheme="http",
        headers=headers,
    )
    assert make_environ(scope)["HTTP_X_FORWARDED_FOR"] == "203.0.113.9"
