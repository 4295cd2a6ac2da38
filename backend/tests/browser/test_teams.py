"""People work together: an invitation to the first action, a role that changes, a project."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product, Words
from tests.browser.people import ask, wait_for
from tests.browser.test_journey import PROCESSING_MS, register
from tests.factories.media import clip

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NewPerson = Callable[[], Page]
FIGURES_MS = 30_000
# GitHub counts commits when it is first asked. It is asked again half a minute later, by the first
# round of the schedule after that, which comes every minute.
ACTIVITY_MS = 150_000


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


def invite(
    page: Page, product: Product, words: Words, language: str, *, email: str, role: str
) -> str:
    """Invite somebody on the page, and follow the mail: the address of its link."""
    page.goto(product.page(language, "/settings/workspace"))
    page.get_by_label(words("Members.invite.email")).fill(email)
    page.get_by_label(words("Members.invite.role"), exact=True).select_option(role)
    page.get_by_role("button", name=words("Members.invite.submit")).click()
    expect(page.locator(f"[data-invitation='{email}']")).to_be_visible()

    def find_link() -> list[str]:
        mails = ask(f"{product.sandbox}/mailbox/messages?to={email}")
        return re.findall(r"http://\S+/invitations/[\w-]+", " ".join(m["text"] for m in mails))

    return str(wait_for(find_link, "invitation"))


def fill_in(page: Page, words: Words, name: str, email: str) -> None:
    page.get_by_label(words("Auth.name")).fill(name)
    page.get_by_label(words("Auth.email")).fill(email)
    page.get_by_label(words("Auth.password"), exact=True).fill("uzun ve güzel bir parola")
    page.get_by_role("button", name=words("Auth.register")).click()


def create_project(page: Page, product: Product, words: Words, language: str, name: str) -> None:
    page.goto(product.page(language, "/projects"))
    field = page.get_by_role("dialog").get_by_label(words("Projects.form.name"))
    page.get_by_role("button", name=words("Projects.create")).click()
    field.fill(name)
    page.get_by_role("button", name=words("Projects.form.create")).click()
    page.wait_for_url(re.compile("/projects/[0-9a-f-]{36}$"))


def join(page: Page, link: str, words: Words, email: str, workspace: str = "Ayşe") -> None:
    """Come by the mail's link as somebody new, register, and accept."""
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text(workspace)
    page.get_by_role("link", name=words("Invitations.register")).click()
    page.wait_for_url(re.compile("/register"))
    fill_in(page, words, "Deniz", email)
    page.wait_for_url(re.compile("/invitations/"))
    page.get_by_role("button", name=words("Invitations.accept")).click()
    page.wait_for_url(re.compile("/dashboard$"))


def test_from_the_invitation_to_the_first_action(
    page: Page, product: Product, words: Words, language: str, new_person: NewPerson
) -> None:
    register(page, product, words, language)
    email = f"{uuid4().hex[:12]}@example.com"
    link = invite(page, product, words, language, email=email, role="editor")

    guest = new_person()
    join(guest, link, words, email)
    switcher = words("Workspace.switcher.label", name="Ayşe")
    expect(guest.get_by_role("button", name=switcher).first).to_be_visible()
    create_project(guest, product, words, language, "Yaz turu")
    expect(guest.get_by_role("heading", name="Yaz turu")).to_be_visible()

    page.goto(product.page(language, "/projects"))
    expect(page.get_by_role("link", name="Yaz turu")).to_be_visible()
    page.goto(product.page(language, "/settings/audit"))
    expect(page.locator("[data-action='member.joined']")).to_contain_text("Deniz")
    page.get_by_role("button", name=words("Audit.chain.verify")).click()
    expect(page.get_by_text(words("Audit.chain.whole"), exact=True)).to_be_visible()


def test_an_invitation_of_another_address_asks_for_an_explicit_yes(
    page: Page, product: Product, words: Words, language: str, new_person: NewPerson
) -> None:
    register(page, product, words, language)
    email = f"{uuid4().hex[:12]}@example.com"
    link = invite(page, product, words, language, email=email, role="viewer")

    guest = new_person()
    own = register(guest, product, words, language)
    guest.goto(link)
    accept = guest.get_by_role("button", name=words("Invitations.accept"))
    expect(accept).to_be_disabled()
    guest.get_by_label(words("Invitations.other.confirm", own=own)).check()
    accept.click()
    guest.wait_for_url(re.compile("/dashboard$"))
    # Two workspaces carry the same name; the role tells them apart.
    guest.goto(product.page(language, "/projects"))
    expect(guest.get_by_text(words("Projects.whyNot"))).to_be_visible()


def test_a_new_role_acts_at_once_on_the_page_that_is_open(
    page: Page, product: Product, words: Words, language: str, new_person: NewPerson
) -> None:
    register(page, product, words, language)
    email = f"{uuid4().hex[:12]}@example.com"
    link = invite(page, product, words, language, email=email, role="editor")
    guest = new_person()
    join(guest, link, words, email)
    create_project(guest, product, words, language, "Kış çekimi")
    archive = guest.get_by_role("button", name=words("Project.actions.archive"), exact=True)
    expect(archive).to_be_visible()

    page.goto(product.page(language, "/settings/workspace"))
    role = page.get_by_label(words("Members.roleOf", name="Deniz"))
    role.select_option("viewer")
    expect(guest.get_by_text(words("Project.whyNot"))).to_be_visible()
    expect(archive).to_be_hidden()
    # The page hides what the gateway refuses anyway.
    project = guest.url.rsplit("/", 1)[-1]
    status = guest.evaluate(
        """async (project) => {
            const { token } = await (await fetch('/api/auth/csrf')).json()
            const headers = { 'X-CSRF-Token': token }
            const path = `/api/projects/${project}/archive`
            return (await fetch(path, { method: 'POST', headers })).status
        }""",
        project,
    )
    assert status == 403

    role.select_option("editor")
    expect(archive).to_be_visible()


def test_a_deleted_workspace_comes_back(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    page.get_by_role("button", name=words("Workspace.switcher.label", name="Ayşe")).first.click()
    page.get_by_role("button", name=words("Workspace.switcher.create")).click()
    page.get_by_role("dialog").get_by_label(words("Workspace.create.name")).fill("Deneme Kanalı")
    page.get_by_role("button", name=words("Workspace.create.submit")).click()
    there = page.get_by_role("button", name=words("Workspace.switcher.label", name="Deneme Kanalı"))
    expect(there.first).to_be_visible()

    page.goto(product.page(language, "/settings/workspace"))
    deleting = "Workspace.ending.delete"
    name = page.get_by_label(words(f"{deleting}.nameLabel"))
    page.get_by_role("button", name=words(f"{deleting}.action"), exact=True).click()
    name.fill("Deneme")
    page.get_by_role("button", name=words(f"{deleting}.confirm")).click()
    expect(page.get_by_text(words(f"{deleting}.nameWrong"))).to_be_visible()
    name.fill("Deneme Kanalı")
    page.get_by_role("button", name=words(f"{deleting}.confirm")).click()
    page.wait_for_url(re.compile("/dashboard$"))
    expect(there).to_have_count(0)

    page.goto(product.page(language, "/settings/workspace"))
    page.get_by_role("button", name=words("Workspace.deleted.restore")).click()
    page.wait_for_url(re.compile("/dashboard$"))
    expect(there.first).to_be_visible()


def test_a_project_with_a_video_and_a_repository(
    page: Page, product: Product, words: Words, language: str
) -> None:
    register(page, product, words, language)
    page.goto(product.page(language, "/videos/upload"))
    page.locator("input[type=file]").first.set_input_files(clip(6, 640, 360))
    opening = page.get_by_role("link", name=words("Uploads.open"))
    expect(opening).to_be_visible(timeout=PROCESSING_MS)

    page.goto(product.page(language, "/settings/connections"))
    page.get_by_role("button", name=words("Connections.github.connect")).click()
    page.wait_for_url(re.compile("/github-app/login/oauth/authorize"))
    page.locator("button[value=grant]").click()
    page.wait_for_url(re.compile("/settings/connections"))
    expect(page.get_by_text(words("Connections.outcomes.connected"))).to_be_visible()

    create_project(page, product, words, language, "Gece Lambası")
    page.get_by_role("button", name=words("Project.videos.add"), exact=True).click()
    page.get_by_role("dialog").get_by_role("checkbox").first.check()
    page.get_by_role("dialog").get_by_role("button").last.click()
    videos = page.get_by_role("list", name=words("Project.videos.title"))
    expect(videos.get_by_role("listitem")).to_have_count(1)

    page.get_by_role("button", name=words("Project.repositories.choose")).click()
    offered = page.get_by_role("dialog").get_by_role("listitem").filter(has_text="renk-kutusu")
    offered.get_by_role("checkbox").check()
    page.get_by_role("button", name=words("Project.chooseRepositories.save")).click()
    repository = page.locator("[data-repository$='/renk-kutusu']")
    expect(repository).to_contain_text("53", timeout=FIGURES_MS)
    expect(repository).to_contain_text("1.0")

    repository.get_by_role(
        "button", name=words("Project.repositories.draftNamed", tag="1.0")
    ).click()
    drafts = page.get_by_role("region", name=words("Project.drafts.title"))
    expect(drafts).to_contain_text("renk-kutusu")
    expect(drafts).to_contain_text("1.0")
    expect(repository.get_by_role("img")).to_be_visible(timeout=ACTIVITY_MS)
