"""News reach somebody whose page is closed: by push, by e-mail, by a signed webhook."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from standardwebhooks import Webhook

from tests.browser.conftest import Product, Words
from tests.browser.people import Person, ask, wait_for
from tests.browser.test_journey import PROCESSING_MS, register
from tests.factories.media import clip

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_finished_video_reaches_a_closed_page(
    page: Page, product: Product, words: Words, language: str
) -> None:
    email = register(page, product, words, language)
    person = Person(page.request, product)
    workspace = page.request.get(f"{product.url}/api/auth/me").json()["workspace"]["id"]
    # The vendors' push services cannot be reached from a test; the sandbox plays one, with a
    # device whose keys it knows.
    key = page.request.get(f"{product.url}/api/notifications/push/key").json()["public_key"]
    device = ask(f"{product.sandbox}/push", {"application_server_key": key})
    subscription = {"endpoint": device["endpoint"], "keys": device["keys"], "label": "Telefon"}
    person.post("/api/notifications/push/subscriptions", subscription)
    bin_name = f"videos-{language}"
    endpoint = person.post(
        "/api/notifications/endpoints",
        {"type": "webhook", "name": "CI", "url": f"{product.sandbox}/catch/{bin_name}"},
    )

    page.goto(product.page(language, "/videos/upload"))
    page.locator("input[type=file]").first.set_input_files(clip(6, 640, 360))
    opening = page.get_by_role("link", name=words("Uploads.open"))
    expect(opening).to_be_visible(timeout=PROCESSING_MS)
    href = opening.get_attribute("href") or ""
    video_id = re.findall(r"[0-9a-f-]{36}", href)[0]
    page.goto("about:blank")
    context = page.context
    page.close()

    pushed = wait_for(
        lambda: ask(f"{product.sandbox}/push/{device['id']}/messages")["items"], "push message"
    )
    assert pushed["status"] == 201, pushed
    told = json.loads(pushed["text"])
    # Who belongs to several workspaces is led into the right one.
    path = f"/videos/{video_id}?workspace={workspace}"
    assert (told["kind"], told["href"]) == ("video.ready", path)

    address = product.page(language) + path
    mail = wait_for(
        lambda: [
            each
            for each in ask(f"{product.sandbox}/mailbox/messages?to={email}")
            if address in each["text"]
        ],
        "mail",
    )
    assert address in mail["html"]

    caught = wait_for(
        lambda: [
            each
            for each in ask(f"{product.sandbox}/catcher/{bin_name}/requests")["items"]
            if json.loads(each["body"])["type"] == "video.ready"
        ],
        "webhook",
    )
    verified = Webhook(endpoint["secret"]).verify(caught["body"], caught["headers"])
    assert verified["data"]["video_id"] == video_id

    again = context.new_page()
    again.goto(address)
    expect(again.locator("video")).to_be_visible()
    title = words("Notifications.title")
    again.get_by_role("button", name=re.compile(rf"^{title}")).first.click()
    told = again.get_by_role("dialog", name=title)
    expect(told.locator(f"a[href$='/videos/{video_id}']").first).to_be_visible()


def test_the_service_worker_shows_a_push_and_leads_there(
    browser: Browser, product: Product, words: Words, language: str
) -> None:
    """The browser's own part, told by its protocol that a message came."""
    context: BrowserContext = browser.new_context(
        permissions=["notifications"], locale="tr-TR" if language == "tr" else "en-GB"
    )
    page = context.new_page()
    register(page, product, words, language)
    page.evaluate("navigator.serviceWorker.register('/service-worker.js')")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    protocol = context.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    protocol.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(event["registrations"]),
    )
    protocol.send("ServiceWorker.enable")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    message = {
        "id": "7",
        "kind": "video.ready",
        "title": "Tatil hazır",
        "body": "İzleyebilirsiniz.",
        "href": "/videos",
        "lang": language,
        "tag": "video-7",
    }
    for data in (json.dumps(message), "{not json"):
        protocol.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": product.url,
                "registrationId": registrations[-1]["registrationId"],
                "data": data,
            },
        )
    listed = (
        "async () => { const all = await (await navigator.serviceWorker.ready).getNotifications();"
        " return all.map((one) => [one.title, one.data.href, one.tag]) }"
    )

    def both() -> list[Any]:
        found = page.evaluate(listed)
        return [found] if len(found) > 1 else []

    shown = wait_for(both, "pair of notifications")
    assert ["Tatil hazır", "/videos", "video-7"] in shown
    assert ["/notifications", ""] in [each[1:] for each in shown]
    context.close()
