"""What a new person does: register, upload, watch the progress, play, download, delete."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product, Words
from tests.factories.media import clip

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROCESSING_MS = 120_000


def register(page: Page, product: Product, words: Words, language: str) -> str:
    email = f"{uuid4().hex[:12]}@example.com"
    page.goto(product.page(language, "/register"))
    page.get_by_label(words("Auth.name")).fill("Ayşe")
    page.get_by_label(words("Auth.email")).fill(email)
    page.get_by_label(words("Auth.password"), exact=True).fill("uzun ve güzel bir parola")
    page.get_by_role("button", name=words("Auth.register")).click()
    page.wait_for_url(re.compile("/dashboard$"))
    return email


def test_from_register_to_delete(page: Page, product: Product, words: Words, language: str) -> None:
    register(page, product, words, language)
    expect(
        page.get_by_role("heading", name=words("Dashboard.greeting", name="Ayşe"))
    ).to_be_visible()
    expect(page.get_by_text(words("Dashboard.invitation.title"))).to_be_visible()

    page.goto(product.page(language, "/videos/upload"))
    page.locator("input[type=file]").first.set_input_files(clip(6, 640, 360))
    page.get_by_role("link", name=words("Uploads.open")).click()

    page.wait_for_url(re.compile("/videos/[0-9a-f-]{36}$"))
    player = page.locator("video")
    expect(player).to_be_visible(timeout=PROCESSING_MS)
    player.evaluate("video => { video.muted = true; return video.play() }")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")

    with page.expect_download() as downloading:
        page.get_by_role("link", name=words("Video.download"), exact=True).click()
    saved = downloading.value.path()
    assert saved.read_bytes()[4:8] == b"ftyp"

    page.get_by_role("button", name=words("Video.delete"), exact=True).click()
    expect(page.get_by_text(words("Video.deleted"))).to_be_visible()
    page.goto(product.page(language, "/videos"))
    expect(page.get_by_text(words("Videos.none.title"))).to_be_visible()


def test_progress_is_shown_while_it_works(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    page.goto(product.page(language, "/videos/upload"))
    page.locator("input[type=file]").first.set_input_files(clip(20, 1280, 720))
    page.get_by_role("link", name=words("Uploads.open")).click()
    running = page.get_by_role("listitem").and_(page.locator("[aria-current=step]"))
    expect(running).to_contain_text(words("Videos.steps.render"), timeout=PROCESSING_MS)
    expect(page.get_by_role("progressbar").first).to_be_visible()
    page.reload()
    expect(running).to_contain_text(words("Videos.steps.render"))
    expect(page.get_by_role("progressbar").first).to_be_visible()
    page.get_by_role("button", name=words("Video.cancel"), exact=True).click()
    expect(page.get_by_text(words("Video.cancelledTitle"))).to_be_visible()


def test_a_protected_page_asks_to_sign_in_and_comes_back(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto(product.page(language, "/settings"))
    page.wait_for_url(re.compile("/login"))
    page.get_by_label(words("Auth.email")).fill(email)
    page.get_by_label(words("Auth.password"), exact=True).fill("uzun ve güzel bir parola")
    page.get_by_role("button", name=words("Auth.login")).click()
    page.wait_for_url(re.compile("/settings$"))
    expect(page.get_by_role("heading", name=words("Settings.title"))).to_be_visible()


def test_an_expired_access_token_is_renewed_without_a_word(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    kept = [c for c in page.context.cookies() if not str(c["name"]).endswith("_at")]
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    page.goto(product.page(language, "/dashboard"))
    expect(
        page.get_by_role("heading", name=words("Dashboard.greeting", name="Ayşe"))
    ).to_be_visible()


def test_a_file_that_is_no_video_gets_a_sentence(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    page.goto(product.page(language, "/videos/upload"))
    page.locator("input[type=file]").first.set_input_files(
        {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"just words, no film\n" * 200}
    )
    page.get_by_role("link", name=words("Uploads.open")).click()
    title = page.get_by_role("heading", name=words("Video.failedTitle"))
    expect(title).to_be_visible(timeout=PROCESSING_MS)
    sentence = {"tr": "Bu dosya bir video değil", "en": "This file is not a video"}[language]
    # Whoever is still on the page before is told by a toast as well.
    expect(page.get_by_role("main").get_by_text(re.compile(sentence))).to_be_visible()
