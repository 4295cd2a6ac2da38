"""No page offers what somebody's role does not allow, and each says who may do it instead."""

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    expect,
)

from tests.browser.conftest import Product, Words, look_at
from tests.browser.people import Person, furnish
from tests.walls.matrix import ROLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Sight(NamedTuple):
    """A page, and what stands on it for those whose role holds the scope."""

    path: str
    scope: str
    why: str | None
    """What the others read there."""
    actions: tuple[str, ...]
    """The words on buttons, links, switches and boxes that would be refused to the others."""


# fmt: off
PAGES = (
    Sight("/dashboard", "video:write", None, ("Dashboard.upload",)),
    Sight("/videos", "video:write", "Videos.whyNot", ("Videos.upload",)),
    Sight("/videos/upload", "video:write", "Uploads.whyNot", ("Uploads.choose",)),
    Sight("/videos/{video}", "video:write", None,
          ("Video.editTitle", "Video.retry", "Video.delete")),
    Sight("/projects", "projects:write", "Projects.whyNot", ("Projects.create",)),
    Sight("/projects/{project}", "projects:write", "Project.whyNot",
          ("Project.actions.edit", "Project.actions.archive", "Project.actions.delete",
           "Project.videos.add")),
    Sight("/jobs", "jobs:write", None, ()),
    Sight("/jobs/dead-letters", "jobs:write", "Jobs.deadLetters.whyNot",
          ("Jobs.deadLetters.selectAll", "Jobs.deadLetters.select", "Jobs.deadLetters.retry",
           "Jobs.deadLetters.drop")),
    Sight("/jobs/{job}", "jobs:write", "Jobs.deadLetters.whyNot",
          ("Jobs.actions.retry", "Jobs.actions.drop")),
    Sight("/jobs/schedules", "jobs:write", "Schedules.whyNot",
          ("Schedules.create", "Schedules.toggle", "Schedules.runNow", "Schedules.edit",
           "Schedules.delete")),
    Sight("/jobs/hooks", "webhooks:write", "Hooks.whyNot", ("Hooks.create", "Hooks.toggle")),
    Sight("/jobs/hooks/{hook}", "webhooks:write", "Hooks.whyNot",
          ("Hooks.edit", "Hooks.rotate", "Hooks.delete", "Hooks.toggleShort")),
    Sight("/settings/webhooks", "webhooks:write", "Webhooks.whyNot", ("Webhooks.add",)),
    Sight("/settings/webhooks/{endpoint}", "webhooks:write", "Webhooks.whyNot",
          ("Webhooks.actions.test", "Webhooks.actions.edit", "Webhooks.actions.rotate",
           "Webhooks.actions.disable", "Webhooks.actions.delete")),
    Sight("/settings/connections", "connections:write", "Connections.github.whyNot",
          ("Connections.github.connect",)),
    Sight("/settings/audit", "audit:read", "Audit.whyNot", ("Audit.chain.verify",)),
    Sight("/settings/workspace", "workspace:write", "Workspace.name.whyNot",
          ("Workspace.name.save",)),
    Sight("/settings/workspace", "members:write", "Members.inviteWhyNot",
          ("Members.invite.submit", "Members.roleOf")),
    Sight("/settings/workspace", "workspace:own", "Workspace.secondFactor.whyNot", ()),
    Sight("/settings/workspace", "workspace:own", "Workspace.export.whyNot",
          ("Workspace.export.start",)),
    Sight("/settings/workspace", "workspace:own", "Workspace.ending.ownersOnly",
          ("Workspace.ending.transfer.action", "Workspace.ending.delete.action")),
)
# fmt: on
PRESSED = "main button, main input[type=checkbox]"
# React marks what it listens to.
LISTENS = """() => [...document.querySelectorAll('main a, main button')].every(
    each => Object.keys(each).some(name => name.startsWith('__reactProps'))
)"""


@dataclass(frozen=True)
class Team:
    """One workspace with something of everything, and a browser for somebody of each role.

    The address says the language, so the same people look at the pages in both.
    """

    browsers: dict[str, BrowserContext]
    known: dict[str, str]
    """What the gaps in the table stand for."""


@pytest.fixture(scope="module")
def team(browser: Browser, product: Product) -> Iterator[Team]:
    browsers = {
        role: browser.new_context(viewport={"width": 1280, "height": 900})
        for role in ("owner", "editor", "viewer")
    }
    people = {role: Person(context.request, product) for role, context in browsers.items()}
    for role, person in people.items():
        person.register(role.capitalize())
    for role in ("editor", "viewer"):
        invitation = {"email": people[role].email, "role": role}
        people["owner"].post("/api/workspaces/current/invitations", invitation)
        people[role].join()
    yield Team(browsers, furnish(people["owner"]))
    for context in browsers.values():
        context.close()


@pytest.fixture
def come_as(team: Team) -> Iterator[Callable[[str], Page]]:
    pages: list[Page] = []

    def open_page(role: str) -> Page:
        pages.append(team.browsers[role].new_page())
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


def come_to(page: Page, product: Product, language: str, path: str) -> None:
    look_at(page, product, language, path)
    page.wait_for_function(LISTENS)


def offered(page: Page, words: Words, key: str) -> Locator:
    """What carries these words and can be pressed; row buttons add what they belong to."""
    text = re.sub(r"\\{\w+\\}", ".+", re.escape(words(key)))
    name = re.compile(rf"^{text}(: .+)?$")
    main = page.get_by_role("main")
    found = main.get_by_role("button", name=name)
    for role in ("link", "switch", "checkbox", "combobox"):
        found = found.or_(main.get_by_role(role, name=name))
    return found.filter(visible=True)


@pytest.mark.parametrize("role", ["viewer", "editor", "owner"])
def test_a_page_offers_what_a_role_allows(
    come_as: Callable[[str], Page],
    product: Product,
    words: Words,
    language: str,
    *,
    team: Team,
    role: str,
) -> None:
    page = come_as(role)
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status == 403 else None)
    path = ""
    for sight in PAGES:
        if path != sight.path:
            path = sight.path
            come_to(page, product, language, path.format(**team.known))
        may = sight.scope in ROLES[role]
        if sight.why:
            why = page.get_by_role("main").get_by_text(words(sight.why))
            expect(why, sight.path).to_be_visible(visible=not may)
        for key in sight.actions:
            if may:
                expect(offered(page, words, key).first, f"{sight.path}: {key}").to_be_visible()
            else:
                expect(offered(page, words, key), f"{sight.path}: {key}").to_have_count(0)
    # No page reads what it may not, either.
    assert refused == []


def test_nothing_that_a_viewer_presses_is_refused(
    come_as: Callable[[str], Page], product: Product, language: str, team: Team
) -> None:
    page = come_as("viewer")
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status == 403 else None)
    for path in dict.fromkeys(sight.path for sight in PAGES):
        # There one may leave, whatever one's role.
        if path == "/settings/workspace":
            continue
        come_to(page, product, language, path.format(**team.known))
        page.locator(PRESSED).evaluate_all(
            "all => all.filter(each => each.checkVisibility()).forEach(each => each.click())"
        )
        expect(page.locator("main dialog[open]"), path).to_have_count(0)
    page.wait_for_timeout(500)
    assert refused == []


def test_menus_keys_and_dropped_files_obey_too(
    come_as: Callable[[str], Page], product: Product, words: Words, language: str
) -> None:
    for role in ("viewer", "editor"):
        may = role == "editor"
        page = come_as(role)
        come_to(page, product, language, "/settings")
        menu = page.get_by_role("navigation", name=words("Nav.main")).first
        upload = menu.get_by_role("link", name=words("Nav.upload"), exact=True)
        expect(upload).to_be_visible(visible=may)
        tabs = page.get_by_role("navigation", name=words("Settings.tabs.label"))
        expect(tabs.get_by_role("link", name=words("Settings.tabs.workspace"))).to_be_visible()
        for hidden in ("webhooks", "audit", "people"):
            expect(tabs.get_by_role("link", name=words(f"Settings.tabs.{hidden}"))).to_have_count(0)

        come_to(page, product, language, "/videos")
        told = page.get_by_text(words("Uploads.dropHere" if may else "Uploads.whyNot"), exact=True)
        drag_until(page, told.last)
        drag(page, "drop")
        if may:
            page.wait_for_url(re.compile("/videos/upload$"))
            # Once it has arrived it is shown by its title, without the end of a file name.
            page.get_by_role("main").get_by_text(re.compile(r"^tatil(\.mp4)?$")).first.wait_for()
            continue
        page.keyboard.press("g")
        page.keyboard.press("u")
        page.keyboard.press("g")
        page.keyboard.press("j")
        page.wait_for_url(re.compile("/jobs$"))
        page.go_back()
        page.wait_for_url(re.compile("/videos$"))


def drag_until(page: Page, told: Locator) -> None:
    """Hold a file over the page until it says something: it has just come, and may not listen."""
    for _ in range(20):
        drag(page, "dragenter")
        with contextlib.suppress(AssertionError):
            expect(told).to_be_visible(timeout=500)
            return
    expect(told).to_be_visible()


def drag(page: Page, kind: str) -> None:
    """A video file over the page, as far as a script can play it."""
    page.evaluate(
        """kind => {
            const dataTransfer = new DataTransfer()
            dataTransfer.items.add(new File(['x'], 'tatil.mp4', { type: 'video/mp4' }))
            const options = { dataTransfer, bubbles: true, cancelable: true }
            document.body.dispatchEvent(new DragEvent(kind, options))
        }""",
        kind,
    )
