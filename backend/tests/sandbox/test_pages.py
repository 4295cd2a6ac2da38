"""The pages speak both languages, and let no other page in."""

from string import Formatter

import pytest

from tests.sandbox.conftest import Sandbox
from ultra.kit.errors import LANGUAGES
from ultra.sandbox.texts import TEXTS

PAGES = ["/", "/mailbox", "/catcher", "/catcher/a", "/push", "/push/x"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_in_every_language(page: str, language: str, sandbox: Sandbox) -> None:
    sandbox.ask("GET", "/catch/a")
    answer = sandbox.ask("GET", page, Accept_Language=language)
    assert answer.status == 200
    assert f'<html lang="{language}">' in answer.content.decode()


def test_a_chosen_language_is_remembered(sandbox: Sandbox) -> None:
    answer = sandbox.ask("GET", "/language/en?back=/push?a=1")
    headers = dict(answer.headers)
    assert headers[b"Location"] == b"/push?a=1"
    cookie = headers[b"Set-Cookie"].decode().partition(";")[0]
    page = sandbox.ask("GET", "/", Cookie=cookie, Accept_Language="tr")
    assert b'lang="en"' in page.content


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_back_stays_here(back: str, sandbox: Sandbox) -> None:
    answer = sandbox.ask("GET", f"/language/en?back={back}")
    assert dict(answer.headers)[b"Location"] == b"/"


@pytest.mark.parametrize("name", TEXTS)
def test_both_languages_say_the_same(name: str) -> None:
    text = TEXTS[name]
    assert set(text) == set(LANGUAGES)
    facts = [
        {fact for _, fact, _, _ in Formatter().parse(text[each])} - {None} for each in LANGUAGES
    ]
    assert facts[0] == facts[1]
    assert text["tr"] != text["en"]


class TestStrangers:
    @pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
    def test_a_name_that_leads_here_sees_nothing(self, host: str, sandbox: Sandbox) -> None:
        for path in PAGES:
            assert sandbox.ask("GET", path, Host=host).status == 403

    def test_a_form_on_another_page_changes_nothing(self, sandbox: Sandbox) -> None:
        for origin in ("https://evil.example", "null"):
            assert sandbox.ask("POST", "/mailbox/delete", Origin=origin).status == 403
        assert sandbox.ask("POST", "/mailbox/delete", Origin=sandbox.address).status == 302

    def test_no_page_may_be_framed_or_load_from_elsewhere(self, sandbox: Sandbox) -> None:
        policy = dict(sandbox.ask("GET", "/").headers)[b"Content-Security-Policy"].decode()
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "unsafe" not in policy

    def test_browsers_say_where_our_own_forms_come_from(self, sandbox: Sandbox) -> None:
        """With no-referrer they would send `Origin: null`, and the forms would be refused."""
        assert dict(sandbox.ask("GET", "/mailbox").headers)[b"Referrer-Policy"] == b"same-origin"
