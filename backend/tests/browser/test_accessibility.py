"""Every page in both languages and themes: axe objects to nothing, and all of it fits a phone."""

from typing import Any, Literal
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import BACKEND, Product, Words, look_at
from tests.browser.people import Person, furnish
from tests.browser.test_journey import register

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = BACKEND.parent / "node_modules" / "axe-core" / "axe.min.js"
OPEN_PAGES = (
    "",
    "/login",
    "/login?error=sign_in_expired&provider=github",
    "/login/second-factor",
    "/register",
    "/forgot-password",
    "/reset-password?token=x",
    "/verify-email?token=x",
    "/confirm-email?token=x",
    "/undo-email?token=x",
)
OWN_PAGES = (
    "/dashboard",
    "/videos",
    "/videos/upload",
    "/jobs",
    "/jobs/dead-letters",
    "/jobs/schedules",
    "/jobs/hooks",
    "/jobs/workers",
    "/notifications",
    "/settings",
    "/settings/security",
    "/settings/notifications",
    "/settings/webhooks",
    "/projects",
    "/settings/workspace",
    "/settings/connections",
    "/settings/audit",
    "/no-such-page",
)
FURNISHED_PAGES = (
    "/dashboard",
    "/videos",
    "/videos/{ready}",
    "/videos/{video}",
    "/projects",
    "/projects/{project}",
    "/jobs",
    "/jobs/{job}",
    "/jobs/dead-letters",
    "/jobs/schedules",
    "/jobs/hooks",
    "/jobs/hooks/{hook}",
    "/notifications",
    "/settings/webhooks",
    "/settings/webhooks/{endpoint}",
    "/settings/audit",
)


# Looks at each frame that has text whether it is dark.
WATCH = """
  const watch = () => {
    const root = document.documentElement;
    if (document.body?.innerText) (window.__seen ??= []).push(root.classList.contains('dark'));
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
"""
WAS_DARK = """new Promise(done => {
  const ask = () =>
    window.__seen?.length > 10 ? done(window.__seen.every(Boolean)) : requestAnimationFrame(ask);
  ask();
})"""


def violations(page: Page) -> list[dict[str, Any]]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        {
            "rule": violation["id"],
            "at": [(node["target"], node["failureSummary"]) for node in violation["nodes"]],
        }
        for violation in found["violations"]
    ]


def furnished_pages(page: Page, product: Product) -> list[str]:
    """Pages that have something to show; whose page it is gets it now."""
    known = furnish(Person(page.request, product))
    return [path.format(**known) for path in FURNISHED_PAGES]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_has_no_objection(
    page: Page,
    product: Product,
    words: Words,
    language: str,
    theme: Literal["dark", "light"],
) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = {}
    for path in OPEN_PAGES:
        page.goto(product.page(language, path), wait_until="networkidle")
        found[path] = violations(page)
    register(page, product, words, language)
    for path in OWN_PAGES:
        look_at(page, product, language, path)
        found[path] = violations(page)
    for path in furnished_pages(page, product):
        look_at(page, product, language, path)
        found[f"{path}, furnished"] = violations(page)
    assert {path: objections for path, objections in found.items() if objections} == {}


def test_a_dark_page_is_never_light(
    page: Page, product: Product, words: Words, language: str
) -> None:
    page.emulate_media(color_scheme="dark")
    register(page, product, words, language)
    page.add_init_script(WATCH)
    # The last two are rendered by the browser alone.
    for path in ("", "/dashboard", "/no-such-page", f"/videos/{uuid4()}"):
        look_at(page, product, language, path)
        assert page.evaluate(WAS_DARK), path


def test_nothing_is_wider_than_a_phone(
    page: Page, product: Product, words: Words, language: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    register(page, product, words, language)
    for path in (*OWN_PAGES, *furnished_pages(page, product)):
        look_at(page, product, language, path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
    page.goto(product.page(language), wait_until="load")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
