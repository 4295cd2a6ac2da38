"""Every way in, and every way to keep an account one's own, as a person walks it."""

import json
import re
import time
import urllib.error
import urllib.request
from typing import Any
from uuid import uuid4

import psycopg
import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from redis import Redis

from tests.browser.conftest import Product, Words
from tests.browser.test_journey import register
from ultra.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "uzun ve güzel bir parola"
NEW_PASSWORD = "yağmurda üç kırmızı bisiklet"
MAIL_SECONDS = 60
HOME = re.compile("/dashboard$")
SECOND_STEP = re.compile("/login/second-factor")


# --- Steps that several tests take ---


def sign_in(page: Page, product: Product, words: Words, email: str, password: str) -> None:
    page.goto(product.page(words.language, "/login"))
    page.get_by_label(words("Auth.email")).fill(email)
    page.get_by_label(words("Auth.password"), exact=True).fill(password)
    page.get_by_role("button", name=words("Auth.login")).click()


def open_security(page: Page, product: Product, words: Words) -> None:
    page.goto(product.page(words.language, "/settings/security"))
    expect(page.get_by_role("region", name=words("Security.keys.title"))).to_be_visible()


def section(page: Page, words: Words, name: str) -> Any:
    return page.get_by_role("region", name=words(f"Security.{name}.title"), exact=True)


def letter_link(product: Product, email: str, page_name: str) -> str:
    """The link to one of our pages in the newest mail to somebody that holds one."""
    give_up_at = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < give_up_at:
        address = f"{product.sandbox}/mailbox/messages?to={email}"
        with urllib.request.urlopen(address, timeout=15) as answer:
            mails = json.load(answer)
        for mail in mails:
            if found := re.search(rf"{product.url}\S*/{page_name}\?token=[\w-]+", mail["text"]):
                return found.group()
        time.sleep(0.5)
    raise AssertionError(f"no mail with a link to {page_name} within {MAIL_SECONDS} s")


def set_up_totp(page: Page, product: Product, words: Words) -> tuple[pyotp.TOTP, str, list[str]]:
    """The app with its secret, the code that is used up, and the recovery codes."""
    open_security(page, product, words)
    section(page, words, "totp").get_by_role("button", name=words("Security.totp.begin")).click()
    secret = page.get_by_role("textbox", name=words("Security.totp.byHand")).input_value()
    app = pyotp.TOTP(secret)
    code = fresh_code(app)
    # A whole code is sent by itself.
    page.get_by_label(words("Common.code.label")).fill(code)
    codes = page.get_by_role("list", name=words("Security.recovery.label")).get_by_role("listitem")
    expect(codes).to_have_count(10)
    found = codes.all_inner_texts()
    page.get_by_role("button", name=words("Security.recovery.done")).click()
    expect(section(page, words, "totp")).to_contain_text(words("Security.totp.isOn"))
    return app, code, found


def fresh_code(app: pyotp.TOTP, used: str | None = None) -> str:
    """A code that was not used yet, with some seconds left: each counts once, and only now."""
    while app.now() == used or time.time() % app.interval > app.interval - 3:
        time.sleep(0.2)
    return app.now()


def log_out(page: Page, product: Product, words: Words) -> None:
    # An open page goes to the sign-in page by itself as soon as it is told that it may not stay.
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto(product.page(words.language, "/login"))


def without_own_offer(page: Page) -> None:
    """From the next page on, the sign-in form does not offer passkeys by itself.

    The device would accept such an offer at once, before anything on the page can be pressed.
    """
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")


def add_authenticator(page: Page) -> None:
    """Give the browser a fingerprint reader whose owner always agrees."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def add_passkey(page: Page, product: Product, words: Words, name: str) -> None:
    open_security(page, product, words)
    passkeys = section(page, words, "passkeys")
    passkeys.get_by_role("button", name=words("Security.passkeys.add")).click()
    page.get_by_label(words("Security.passkeys.name"), exact=True).fill(name)
    page.get_by_role("button", name=words("Security.passkeys.make"), exact=True).click()


# --- Mails ---


def test_a_mail_verifies_the_address(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    banner = page.get_by_role("region", name=words("Auth.banner.label"))
    expect(banner).to_contain_text(email)
    page.goto(letter_link(product, email, "verify-email"))
    # Opening it is not enough: mail programs do that on their own.
    action = page.get_by_role("button", name=words("Auth.letter.verifyEmail.action"))
    expect(action).to_be_visible()
    action.click()
    expect(page.get_by_text(words("Auth.letter.verifyEmail.done.title"))).to_be_visible()
    page.get_by_role("link", name=words("Auth.letter.verifyEmail.done.action")).click()
    page.wait_for_url(HOME)
    expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible()
    expect(banner).to_have_count(0)


def test_a_forgotten_password_is_chosen_anew(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    log_out(page, product, words)
    page.get_by_role("link", name=words("Auth.forgot")).click()
    page.wait_for_url(re.compile("/forgot-password$"))
    page.get_by_label(words("Auth.email")).fill(email)
    page.get_by_role("button", name=words("Auth.forgotPage.send")).click()
    expect(page.get_by_text(words("Auth.mail.title"))).to_be_visible()

    link = letter_link(product, email, "reset-password")
    page.goto(link)
    field = page.get_by_label(words("Auth.newPassword"), exact=True)
    save = page.get_by_role("button", name=words("Auth.letter.reset.action"))
    field.fill("password123")
    save.click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    field.fill(NEW_PASSWORD)
    save.click()
    expect(page.get_by_text(words("Auth.letter.reset.done.title"))).to_be_visible()

    page.goto(link)
    field.fill(PASSWORD)
    save.click()
    expect(page.get_by_text(words("Auth.letter.reset.invalid.title"))).to_be_visible()

    sign_in(page, product, words, email, PASSWORD)
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
    sign_in(page, product, words, email, NEW_PASSWORD)
    page.wait_for_url(HOME)


def test_an_address_is_changed_and_the_change_undone(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    page.goto(letter_link(product, email, "verify-email"))
    page.get_by_role("button", name=words("Auth.letter.verifyEmail.action")).click()
    expect(page.get_by_text(words("Auth.letter.verifyEmail.done.title"))).to_be_visible()

    other = f"{uuid4().hex[:12]}@example.com"
    page.goto(product.page(language, "/settings"))
    page.get_by_label(words("Security.email.next")).fill(other)
    page.get_by_role("button", name=words("Security.email.save")).click()
    expect(page.get_by_text(words("Security.email.sent", email=other))).to_be_visible()
    page.goto(letter_link(product, other, "confirm-email"))
    page.get_by_role("button", name=words("Auth.letter.confirmEmail.action")).click()
    expect(page.get_by_text(words("Auth.letter.confirmEmail.done.title"))).to_be_visible()

    page.goto(letter_link(product, email, "undo-email"))
    page.get_by_role("button", name=words("Auth.letter.undoEmail.action")).click()
    expect(page.get_by_text(words("Auth.letter.undoEmail.done.title"))).to_be_visible()
    page.goto(product.page(language, "/settings"))
    page.wait_for_url(re.compile("/login"))


# --- Second factors ---


def test_a_code_of_the_app_is_the_second_step(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    app, used, _ = set_up_totp(page, product, words)
    log_out(page, product, words)
    sign_in(page, product, words, email, PASSWORD)
    page.wait_for_url(SECOND_STEP)
    field = page.get_by_label(words("Common.code.label"))
    field.fill("000000")
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
    field.fill(fresh_code(app, used))
    page.wait_for_url(HOME)


def test_a_recovery_code_works_once(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    _, _, codes = set_up_totp(page, product, words)
    for is_fresh in (True, False):
        log_out(page, product, words)
        sign_in(page, product, words, email, PASSWORD)
        page.wait_for_url(SECOND_STEP)
        page.get_by_role("button", name=words("Auth.secondFactor.ways.recovery")).click()
        field = page.get_by_label(words("Auth.secondFactor.recovery.label"))
        field.fill(codes[0].lower().replace("-", " "))
        page.get_by_role("button", name=words("Auth.secondFactor.submit")).click()
        if is_fresh:
            page.wait_for_url(HOME)
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()


def test_a_second_step_that_never_began_leads_back(
    page: Page, product: Product, words: Words, language: str
) -> None:
    page.goto(product.page(language, "/login/second-factor"))
    expect(page.get_by_text(words("Auth.secondFactor.over.title"))).to_be_visible()
    page.get_by_role("link", name=words("Auth.secondFactor.over.action"), exact=True).first.click()
    page.wait_for_url(re.compile("/login"))
    expect(page.get_by_label(words("Auth.email"))).to_be_visible()


def test_a_passkey_signs_in_alone_and_proves_again(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    add_authenticator(page)
    add_passkey(page, product, words, "Anahtarlık")
    codes = page.get_by_role("list", name=words("Security.recovery.label")).get_by_role("listitem")
    expect(codes).to_have_count(10)
    page.get_by_role("button", name=words("Security.recovery.done")).click()
    expect(section(page, words, "passkeys")).to_contain_text("Anahtarlık")

    without_own_offer(page)
    log_out(page, product, words)
    page.get_by_role("button", name=words("Auth.usePasskey")).click()
    page.wait_for_url(HOME)

    open_security(page, product, words)
    named = words("Security.passkeys.removeNamed", name="Anahtarlık")
    section(page, words, "passkeys").get_by_role("button", name=named).click()
    dialog = page.get_by_role("dialog", name=words("Security.passkeys.removeTitle"))
    dialog.get_by_role("button", name=words("Security.passkeys.remove"), exact=True).click()
    expect(section(page, words, "passkeys")).to_contain_text(words("Security.passkeys.none"))


def test_the_form_offers_a_passkey_by_itself(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    add_authenticator(page)
    add_passkey(page, product, words, "Anahtarlık")
    page.get_by_role("button", name=words("Security.recovery.done")).click()
    expect(section(page, words, "passkeys")).to_contain_text("Anahtarlık")
    log_out(page, product, words)
    # Nothing is typed and nothing is pressed: the owner of the device has agreed to the offer.
    page.wait_for_url(HOME)


def test_a_passkey_is_the_second_step(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    add_authenticator(page)
    add_passkey(page, product, words, "Anahtarlık")
    page.get_by_role("button", name=words("Security.recovery.done")).click()
    without_own_offer(page)
    log_out(page, product, words)
    sign_in(page, product, words, email, PASSWORD)
    page.wait_for_url(SECOND_STEP)
    page.get_by_role("button", name=words("Auth.secondFactor.passkey.action")).click()
    page.wait_for_url(HOME)


# --- Google and GitHub ---


@pytest.mark.parametrize("provider", ["google", "github"])
def test_a_provider_opens_an_account_and_lets_in_again(
    page: Page, product: Product, words: Words, language: str, provider: str
) -> None:
    name = {"google": "Google", "github": "GitHub"}[provider]
    email = f"{uuid4().hex[:12]}@example.com"
    page.goto(product.page(language, "/login"))
    enter_as(page, words, name, email)
    page.wait_for_url(HOME)

    open_security(page, product, words)
    expect(section(page, words, "identities")).to_contain_text(email)
    # There is nothing else to come in by, so it cannot be taken away.
    unlink = words("Security.identities.unlinkNamed", provider=name)
    section(page, words, "identities").get_by_role("button", name=unlink).click()
    page.get_by_role("dialog").get_by_role(
        "button", name=words("Security.identities.unlink"), exact=True
    ).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(section(page, words, "identities")).to_contain_text(email)

    password = section(page, words, "password")
    password.get_by_label(words("Security.password.next"), exact=True).fill(NEW_PASSWORD)
    password.get_by_role("button", name=words("Security.password.saveFirst")).click()
    expect(page.get_by_text(words("Security.password.set"))).to_be_visible()
    log_out(page, product, words)
    sign_in(page, product, words, email, NEW_PASSWORD)
    page.wait_for_url(HOME)


def test_a_known_address_is_linked_once_its_owner_is_in(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    page.goto(letter_link(product, email, "verify-email"))
    page.get_by_role("button", name=words("Auth.letter.verifyEmail.action")).click()
    expect(page.get_by_text(words("Auth.letter.verifyEmail.done.title"))).to_be_visible()
    log_out(page, product, words)
    enter_as(page, words, "Google", email)
    page.wait_for_url(re.compile("/login.*link=google"))
    expect(page.get_by_text(words("Auth.arrival.link.title"))).to_be_visible()
    page.get_by_label(words("Auth.email")).fill(email)
    page.get_by_label(words("Auth.password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=words("Auth.login")).click()
    page.wait_for_url(HOME)
    open_security(page, product, words)
    expect(section(page, words, "identities")).to_contain_text(email)


def test_whoever_cancels_is_told_what_to_do(
    page: Page, product: Product, words: Words, language: str
) -> None:
    page.goto(product.page(language, "/login"))
    page.get_by_role("link", name=words("Auth.continueWith", provider="GitHub")).click()
    page.locator("button[name=cancel]").click()
    page.wait_for_url(re.compile("/login.*error=sign_in_cancelled"))
    told = words("Auth.arrival.errors.sign_in_cancelled", provider="GitHub")
    expect(page.get_by_text(told)).to_be_visible()


def enter_as(page: Page, words: Words, provider: str, email: str) -> None:
    """Through the sandbox's consent page, as somebody it has never seen."""
    page.get_by_role("link", name=words("Auth.continueWith", provider=provider)).click()
    page.locator("details summary").click()
    page.locator("details input[name=name]").fill("Ayşe")
    page.locator("details input[name=email]").fill(email)
    page.locator("details button").click()


# --- Sessions, keys, and proving oneself again ---


def test_another_session_is_ended_from_here(
    browser: Browser, page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    elsewhere = browser.new_context(locale="tr-TR" if language == "tr" else "en-GB")
    other = elsewhere.new_page()
    sign_in(other, product, words, email, PASSWORD)
    other.wait_for_url(HOME)

    open_security(page, product, words)
    sessions = section(page, words, "sessions")
    expect(sessions.get_by_role("listitem")).to_have_count(2)
    sessions.get_by_role("listitem").get_by_role("button").first.click()
    expect(sessions.get_by_role("listitem")).to_have_count(1)

    other.goto(product.page(language, "/settings"))
    other.wait_for_url(re.compile("/login"))
    elsewhere.close()


def test_a_key_is_shown_once_and_works(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    open_security(page, product, words)
    keys = section(page, words, "keys")
    keys.get_by_role("button", name=words("Security.keys.add")).click()
    page.get_by_label(words("Security.keys.name"), exact=True).fill("Yedekleme")
    page.get_by_label(words("Security.keys.scopes.video:read")).check()
    page.get_by_role("button", name=words("Security.keys.create"), exact=True).click()
    key = page.get_by_role("dialog").get_by_label("Yedekleme", exact=True).input_value()
    page.get_by_role("button", name=words("Security.keys.done")).click()
    expect(keys).to_contain_text("Yedekleme")
    page.reload()
    expect(keys).to_contain_text("Yedekleme")
    assert key not in page.content()

    assert status_with(product, key, "/api/video") == 200
    assert status_with(product, key, "/api/auth/me") == 403
    named = words("Security.keys.endNamed", name="Yedekleme")
    keys.get_by_role("button", name=named).click()
    page.get_by_role("dialog", name=words("Security.keys.endTitle")).get_by_role(
        "button", name=words("Security.keys.end"), exact=True
    ).click()
    expect(keys).to_contain_text(words("Security.keys.none"))
    assert status_with(product, key, "/api/video") == 401


def test_a_sensitive_action_asks_and_then_goes_on(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    open_security(page, product, words)
    let_proofs_grow_old(product)
    section(page, words, "totp").get_by_role("button", name=words("Security.totp.begin")).click()
    dialog = page.get_by_role("dialog", name=words("StepUp.title"))
    field = dialog.get_by_label(words("StepUp.password"), exact=True)
    expect(field).to_be_focused()
    field.fill("başka bir parola")
    field.press("Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    field.fill(PASSWORD)
    field.press("Enter")
    # Nobody pressed anything again.
    expect(page.get_by_role("textbox", name=words("Security.totp.byHand"))).to_be_visible()


def let_proofs_grow_old(product: Product) -> None:
    """As if everybody had signed in an hour ago."""
    folder = Settings(home=product.home).run_dir
    with psycopg.connect(f"host={folder} user=postgres dbname=ultra") as connection:
        connection.execute(
            "UPDATE sessions SET authenticated_at = authenticated_at - interval '1 hour'"
        )
    # What was remembered of sessions is read from the database again.
    redis = Redis(unix_socket_path=str(folder / "redis.sock"))
    for key in redis.scan_iter("sess:*"):
        redis.delete(key)


def status_with(product: Product, key: str, path: str) -> int:
    request = urllib.request.Request(
        product.gateway + path, headers={"Authorization": f"Bearer {key}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
