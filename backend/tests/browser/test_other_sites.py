"""What another site's page can do with a person's cookies: nothing. And tabs that share them."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product, Words
from tests.browser.test_journey import register

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROUNDS = 20
ACCESS = re.compile("_at$")


@pytest.fixture(params=["localhost", "127.0.0.1"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[str]:
    """A page of somebody else.

    localhost on another port is the same site: the browser sends the cookies along.
    """

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>nothing to see here</title>")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{request.param}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


FORM = """([target, kind]) => {
  const form = document.createElement('form');
  Object.assign(form, { method: 'POST', action: target, enctype: kind });
  const field = document.createElement('input');
  // As text/plain this makes a body that is JSON.
  Object.assign(field, { name: '{"name":"x', value: '"}' });
  form.append(field);
  document.body.append(form);
  form.submit();
}"""


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_a_form_of_another_origin_changes_nothing(
    page: Page, product: Product, words: Words, elsewhere: str, kind: str
) -> None:
    register(page, product, words, words.language)
    for path in ("/api/auth/logout", "/api/workspaces"):
        page.goto(elsewhere)
        with page.expect_response(product.url + path) as answering:
            page.evaluate(FORM, [product.url + path, kind])
        assert answering.value.status == 403
        assert answering.value.json()["code"] == "cross_site_request"
    page.goto(product.page(words.language, "/dashboard"))
    expect(
        page.get_by_role("heading", name=words("Dashboard.greeting", name="Ayşe"))
    ).to_be_visible()


@pytest.mark.parametrize("language", ["en"])
def test_a_script_of_another_origin_reads_and_changes_nothing(
    page: Page, product: Product, words: Words, elsewhere: str
) -> None:
    register(page, product, words, words.language)
    page.goto(elsewhere)
    ask = """([url, method, headers]) => fetch(url, { method, headers, credentials: 'include' })
      .then(() => 'read', () => 'kept from it')"""
    for method, path, headers in (
        ("GET", "/api/auth/me", {}),
        ("GET", "/api/auth/csrf", {}),
        ("POST", "/api/auth/logout", {}),
        ("POST", "/api/auth/logout", {"X-CSRF-Token": "x", "Content-Type": "application/json"}),
        ("DELETE", "/api/auth/sessions", {"X-CSRF-Token": "x"}),
    ):
        assert page.evaluate(ask, [product.url + path, method, headers]) == "kept from it"
    page.goto(product.page(words.language, "/dashboard"))
    expect(
        page.get_by_role("heading", name=words("Dashboard.greeting", name="Ayşe"))
    ).to_be_visible()


@pytest.mark.parametrize("language", ["tr"])
def test_two_tabs_that_renew_at_once_stay_signed_in(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    other = page.context.new_page()
    greeting = words("Dashboard.greeting", name="Ayşe")
    other.goto(product.page(language, "/dashboard"))
    for _ in range(ROUNDS):
        page.context.clear_cookies(name=ACCESS)
        for tab in (page, other):
            tab.evaluate("() => { window.isOld = true; setTimeout(() => location.reload(), 30) }")
        for tab in (page, other):
            tab.wait_for_function("() => !window.isOld && document.readyState === 'complete'")
            expect(tab.get_by_role("heading", name=greeting)).to_be_visible()
            expect(tab).to_have_url(product.page(language, "/dashboard"))
    sessions = page.request.get(f"{product.url}/api/auth/sessions").json()["items"]
    assert [each["is_current"] for each in sessions] == [True]
