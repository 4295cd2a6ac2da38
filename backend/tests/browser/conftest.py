"""The whole product for the browser: started and stopped by `ultra`, as a person does."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.homes import free_ports

BACKEND = Path(__file__).resolve().parents[2]
MESSAGES = BACKEND.parent / "website" / "messages"
CHROMIUM = Path("/usr/bin/chromium")
START_SECONDS = 420
LIMITS_OF_AN_ADDRESS = (
    "API",
    "LETTER_ADDRESS",
    "LOGIN_ADDRESS",
    "REGISTRATION",
    "RESET_ADDRESS",
    "SESSION",
)
ACTIONS = ("check", "click", "fill", "press", "select_option", "set_input_files", "uncheck")
# React marks what it listens to. Pages of the sandbox are not made with it.
LISTENS = "node => !window.next || Object.keys(node).some(name => name.startsWith('__reactProps'))"
LISTENING_SECONDS = 15


@dataclass(frozen=True)
class Product:
    url: str
    gateway: str
    sandbox: str
    home: Path

    def page(self, language: str, path: str = "") -> str:
        """Turkish stands at the root, English below /en."""
        return f"{self.url}{'/en' if language == 'en' else ''}{path}"


class Words:
    """The website's own texts, so that a test names a button as a person reads it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = json.loads((MESSAGES / f"{language}.json").read_text())

    def __call__(self, key: str, **gaps: Any) -> str:
        text = self._messages
        for part in key.split("."):
            text = text[part]
        for name, value in gaps.items():
            text = text.replace("{" + name + "}", str(value))
        return str(text)


def look_at(page: Page, product: Product, language: str, path: str) -> None:
    """Open a page of the person who is signed in, and wait until all that it shows is there."""
    # Live events never end, so the network is never idle here.
    page.goto(product.page(language, path), wait_until="load")
    page.get_by_role("main").get_by_role("heading").first.wait_for()
    expect(page.locator("main .animate-pulse")).to_have_count(0)


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    with running() as found:
        yield found


@contextmanager
def running(**settings: str) -> Iterator[Product]:
    """A product of its own; `settings` are further ones of its environment."""
    home = Path(tempfile.mkdtemp(prefix="ultra-browser-"))
    gateway, website, sandbox = free_ports(3)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("ULTRA_")},
        "ULTRA_HOME": str(home),
        "ULTRA_GATEWAY_PORT": str(gateway),
        "ULTRA_WEBSITE_PORT": str(website),
        "ULTRA_SANDBOX_PORT": str(sandbox),
        "ULTRA_AUTH__BCRYPT_COST": "4",
        # All people of the tests share one address.
        **{f"ULTRA_LIMITS__{name}": "100000/minute" for name in LIMITS_OF_AN_ADDRESS},
        **settings,
    }

    def ultra(*words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "ultra", *words],
            cwd=BACKEND,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(
                f"ultra {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )

    try:
        ultra("up", "--detach")
        yield Product(
            f"http://localhost:{website}",
            f"http://127.0.0.1:{gateway}",
            f"http://127.0.0.1:{sandbox}",
            home,
        )
    finally:
        ultra("down")
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """Let every action wait until the page listens to what it acts on.

    A page that has just come is seen before its scripts have run. A person is slower than that;
    Playwright presses a button within milliseconds, and nothing hears it.
    """

    def waiting(act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def act_when_heard(locator: Locator, *inputs: Any, **options: Any) -> Any:
            end = time.monotonic() + LISTENING_SECONDS
            while not _is_heard(locator) and time.monotonic() < end:
                time.sleep(0.02)
            return act(locator, *inputs, **options)

        return act_when_heard

    with pytest.MonkeyPatch.context() as patch:
        for name in ACTIONS:
            patch.setattr(Locator, name, waiting(getattr(Locator, name)))
        yield


def _is_heard(locator: Locator) -> bool:
    try:
        return bool(locator.evaluate(LISTENS))
    except Error:
        # Not there yet, or the page is going: what is wanted then says so better itself.
        return True


@pytest.fixture(params=["tr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def words(language: str) -> Words:
    return Words(language)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium where it is; it needs no sandbox as root and looks for nothing outside."""
    options = {
        **browser_type_launch_args,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }
    if CHROMIUM.exists():
        options["executable_path"] = str(CHROMIUM)
    return options


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], language: str) -> dict[str, Any]:
    locale = "tr-TR" if language == "tr" else "en-GB"
    return {**browser_context_args, "locale": locale, "viewport": {"width": 1280, "height": 900}}
