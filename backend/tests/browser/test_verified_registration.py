"""An installation that lets nobody in before they have read their mail, as production does."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product, Words, running
from tests.browser.test_sign_in import PASSWORD, letter_link, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def strict() -> Iterator[Product]:
    with running(ULTRA_AUTH__REGISTRATION="verified") as product:
        yield product


def ask_for_account(page: Page, product: Product, words: Words, email: str, password: str) -> None:
    page.goto(product.page(words.language, "/register"))
    page.get_by_label(words("Auth.name")).fill("Ayşe")
    page.get_by_label(words("Auth.email")).fill(email)
    page.get_by_label(words("Auth.password"), exact=True).fill(password)
    page.get_by_role("button", name=words("Auth.register")).click()
    expect(page.get_by_role("status").filter(has_text=email)).to_contain_text(
        words("Auth.mail.title")
    )


def test_the_mail_opens_the_account(
    page: Page, strict: Product, words: Words, language: str
) -> None:
    email = f"{uuid4().hex[:12]}@example.com"
    ask_for_account(page, strict, words, email, PASSWORD)
    # Whoever mistyped the address comes back to what they wrote.
    page.get_by_role("button", name=words("Auth.mail.back")).click()
    expect(page.get_by_label(words("Auth.email"))).to_have_value(email)

    link = letter_link(strict, email, "verify-email")
    sign_in(page, strict, words, email, PASSWORD)
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"\S"))).to_be_visible()
    assert re.search("/login", page.url)

    page.goto(link)
    page.get_by_role("button", name=words("Auth.letter.verifyEmail.action")).click()
    expect(page.get_by_text(words("Auth.letter.verifyEmail.done.title"))).to_be_visible()
    sign_in(page, strict, words, email, PASSWORD)
    page.wait_for_url(re.compile("/dashboard$"))

    # Asked for again, the same is said, and the account stays what it is.
    page.goto("about:blank")
    page.context.clear_cookies()
    ask_for_account(page, strict, words, email, "bambaşka uzun bir parola")
    sign_in(page, strict, words, email, PASSWORD)
    page.wait_for_url(re.compile("/dashboard$"))
