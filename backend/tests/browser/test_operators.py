"""Looking after people, a workspace that demands a second factor, and how files may be used."""

import re
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product, Words
from tests.browser.test_journey import register
from tests.browser.test_sign_in import section, set_up_totp, sign_in
from tests.browser.test_teams import invite
from ultra.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NewPerson = Callable[[], Page]
PASSWORD = "uzun ve güzel bir parola"


@pytest.fixture
def new_person(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[NewPerson]:
    """Pages of further people, each in a browser of their own."""
    contexts = []

    def open_page() -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def make_operator(product: Product, email: str) -> None:
    """Only the first person of an installation becomes one by themselves."""
    folder = Settings(home=product.home).run_dir
    with psycopg.connect(host=str(folder), user="postgres", dbname="ultra") as connection:
        connection.execute("update users set is_operator = true where email = %s", [email])


def test_files_say_how_they_may_be_used(product: Product) -> None:
    """Pages get their policy elsewhere; a file may be framed by nobody and comes over TLS."""
    with urllib.request.urlopen(product.page("tr", "/login")) as answer:
        chunk = re.search(r"/_next/static/[^\"']+\.js", answer.read().decode())
    assert chunk
    for path in (chunk[0], "/service-worker.js"):
        with urllib.request.urlopen(product.url + path) as answer:
            headers = answer.headers
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "object-src 'none'" in headers["Content-Security-Policy"]


def test_an_operator_closes_an_account_and_opens_it_again(
    page: Page, product: Product, words: Words, language: str, new_person: NewPerson
) -> None:
    own = register(page, product, words, language)
    guest = new_person()
    email = register(guest, product, words, language)
    guest.goto(product.page(language, "/settings/people"))
    expect(guest.get_by_text("404")).to_be_visible()

    make_operator(product, own)
    page.goto("about:blank")
    page.context.clear_cookies()
    sign_in(page, product, words, own, PASSWORD)
    page.wait_for_url(re.compile("/dashboard$"))
    page.goto(product.page(language, "/settings/people"))
    page.get_by_role("searchbox").fill(email.upper())
    row = page.locator(f"[data-person='{email}']")
    expect(page.locator("[data-person]")).to_have_count(1)
    row.get_by_role("button", name=words("People.disable.of", name="Ayşe")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=words("People.disable.action")).click()
    expect(dialog).to_contain_text(words("People.disable.reasonEmpty"))
    dialog.get_by_label(words("People.disable.reason")).fill("Deneme")
    dialog.get_by_role("button", name=words("People.disable.action")).click()
    expect(row).to_contain_text("Deneme")

    guest.goto(product.page(language, "/videos"))
    guest.wait_for_url(re.compile("/login"))

    row.get_by_role("button", name=words("People.enable.of", name="Ayşe")).click()
    page.get_by_role("dialog").get_by_role("button", name=words("People.enable.action")).click()
    expect(row.get_by_text("Deneme")).to_have_count(0)
    sign_in(guest, product, words, email, PASSWORD)
    guest.wait_for_url(re.compile("/dashboard$"))

    page.goto(product.page(language, "/settings/audit"))
    page.get_by_text(words("Common.scope.all"), exact=True).click()
    page.wait_for_url(re.compile(r"scope=all$"))
    page.get_by_label(words("Audit.filter.group")).select_option("person")
    page.wait_for_url(re.compile(r"scope=all&group=person$"))
    for action in ("person_disabled", "person_enabled"):
        expect(page.get_by_text(words(f"Audit.actions.{action}")).first).to_be_visible()


def test_a_workspace_that_demands_a_second_factor_opens_with_one(
    page: Page, product: Product, words: Words, language: str, new_person: NewPerson
) -> None:
    register(page, product, words, language)
    page.goto(product.page(language, "/settings/workspace"))
    expect(page.get_by_role("switch")).to_be_disabled()
    set_up_totp(page, product, words)
    page.goto(product.page(language, "/settings/workspace"))
    page.get_by_role("switch").click()
    turn_on = page.get_by_role("dialog").get_by_role(
        "button", name=words("Workspace.secondFactor.turnOn")
    )
    turn_on.click()
    expect(page.get_by_role("switch")).to_be_checked()

    guest = new_person()
    email = register(guest, product, words, language)
    link = invite(page, product, words, language, email=email, role="editor")
    guest.goto(link)
    expect(guest.get_by_role("main")).to_contain_text(words("Invitations.secondFactorText"))
    guest.get_by_role("button", name=words("Invitations.accept")).click()
    guest.wait_for_url(re.compile("/dashboard$"))
    title = words("Workspace.gate.title", name="Ayşe")
    expect(guest.get_by_role("heading", name=title)).to_be_visible()
    page.reload()
    expect(page.locator(f"[data-member='{email}']")).to_contain_text(
        words("Members.noSecondFactor")
    )

    guest.get_by_role("link", name=words("Workspace.gate.setUp")).click()
    guest.wait_for_url(re.compile("/settings/security"))
    set_up_totp(guest, product, words)
    guest.get_by_role("link", name=words("Workspace.gate.goOn")).click()
    guest.wait_for_url(re.compile("/dashboard$"))
    greeting = words("Dashboard.greeting", name="Ayşe")
    expect(guest.get_by_role("heading", name=greeting)).to_be_visible()


def test_a_new_factor_offers_to_end_the_other_sessions(
    page: Page, product: Product, words: Words, language: str, new_person: NewPerson
) -> None:
    email = register(page, product, words, language)
    other = new_person()
    sign_in(other, product, words, email, PASSWORD)
    other.wait_for_url(re.compile("/dashboard$"))
    set_up_totp(page, product, words)
    end = section(page, words, "totp").get_by_role(
        "button", name=words("Security.sessions.notice.end")
    )
    end.click()
    expect(end).to_have_count(0)
    assert other.request.get(f"{product.url}/api/auth/me").status == 401
    assert page.request.get(f"{product.url}/api/auth/me").status == 200
