"""What a service in a process of its own gets to see of a caller's cookies."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.factories.auth import as_browser
from ultra.auth import public
from ultra.gateway.app import create_app


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it got."""

    def do_GET(self):
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def echo(stack):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("service", "sees_refresh_token"), [("auth", True), ("video", False)])
def test_only_this_service_sees_the_refresh_token(echo, service, sees_refresh_token):
    browser = as_browser(create_app(services=[service], urls={service: echo}))
    browser.set_cookie(public.ACCESS_COOKIE, "access")
    browser.set_cookie(public.REFRESH_COOKIE, "refresh")
    browser.set_cookie("NEXT_LOCALE", "tr")
    answer = browser.get(f"/api/{service}/x", headers={"X-Forwarded-For": "9.9.9.9"})
    seen = json.loads(answer.data)
    assert f"{public.ACCESS_COOKIE}=access" in seen["Cookie"]
    assert "NEXT_LOCALE=tr" in seen["Cookie"]
    assert (f"{public.REFRESH_COOKIE}=refresh" in seen["Cookie"]) is sees_refresh_token
    assert seen["X-Forwarded-For"] == "127.0.0.1"
