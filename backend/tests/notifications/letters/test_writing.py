"""How mails are written."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from ultra.kit.errors import LANGUAGES, Language
from ultra.notifications.kinds import CHOOSABLE, KINDS, ChannelName, Kind
from ultra.notifications.letters.writing import Item, Reader, write_digest, write_notification

FACTS: dict[Kind, dict[str, Any]] = {
    Kind.VIDEO_READY: {"video_id": "1", "title": "Tatil"},
    Kind.VIDEO_FAILED: {"video_id": "1", "title": "Tatil", "code": "too_long", "reason": {}},
    Kind.JOB_DEAD: {"job_id": "2", "name": "video.process_video", "error_code": "X"},
    Kind.WEBHOOK_DISABLED: {"endpoint_id": "3", "name": "Muhasebe", "reason": "failing"},
    Kind.CONNECTION_LOST: {"connection_id": "4", "login": "ayse"},
    Kind.ACCOUNT_SECURITY: {"what": "factor_added", "factor": "totp"},
    Kind.INSTALLATION_AUDIT: {"position": 3, "workspace_id": None},
    Kind.NOTE: {"title": "Yedek", "body": "Yedek alındı.", "link": None},
    Kind.TEST: {},
}
AT = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
VOID = {"meta", "br", "link", "img"}


class Balance(HTMLParser):
    """Fails on a tag that is not closed, or closed where another is open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def reader(language: Language, name: str = "Ayşe") -> Reader:
    return Reader(uuid4(), name, language, ZoneInfo("Europe/Istanbul"))


def item(kind: Kind) -> Item:
    return Item(kind, FACTS[kind], AT, None)


@pytest.fixture(autouse=True)
def _secret(stack: object) -> None:
    """Links are signed with the installation's secret, which the stack makes."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_in_every_language(kind: Kind, language: Language) -> None:
    written = write_notification(reader(language), item(kind))
    for content in (written.html, written.text):
        assert "{{" not in content
        assert "None" not in content
    balance = Balance()
    balance.feed(written.html)
    assert balance.open == []
    assert f'<html lang="{language}">' in written.html
    assert "#8b0000" in written.html
    assert "#ffd700" in written.html
    # Nothing is fetched when it is opened: no pixel, no font, no style of another server.
    assert not re.search(r"<(img|link|script)|@import|url\(", written.html)
    assert (written.unsubscribe_url is None) == (kind is Kind.TEST)


def test_what_people_typed_stays_text() -> None:
    facts = {
        "title": "a\r\nBcc: x@y",
        "body": "<script>alert(1)</script> & {{ 7*7 }}",
        "link": None,
    }
    written = write_notification(reader("en", "<b>Ayşe</b>"), Item(Kind.NOTE, facts, AT, None))
    assert "<script>" not in written.html
    assert "<b>Ayşe" not in written.html
    assert "{{ 7*7 }}" in written.text
    assert "&amp;" not in written.text
    assert written.subject == "a Bcc: x@y"


def test_a_notes_link_may_lead_elsewhere() -> None:
    facts = FACTS[Kind.NOTE] | {"link": 'https://ci.example.com/"x"?a=1&b=2'}
    written = write_notification(reader("tr"), Item(Kind.NOTE, facts, AT, uuid4()))
    assert 'href="https://ci.example.com/&#34;x&#34;?a=1&amp;b=2"' in written.html


def test_links_say_in_which_workspace_it_was() -> None:
    one, other = uuid4(), uuid4()
    items = [Item(Kind.VIDEO_READY, FACTS[Kind.VIDEO_READY], AT, each) for each in (one, other)]
    for written in (write_notification(reader("tr"), items[0]), write_digest(reader("tr"), items)):
        assert f"/videos/1?workspace={one}" in written.text
        assert f"/videos/1?workspace={one}" in written.html
    assert f"/videos/1?workspace={other}" in written.text


class TestDigest:
    def test_tells_everything_at_the_readers_clock(self) -> None:
        # Of an account's own security auth writes the mails.
        kinds = [kind for kind in CHOOSABLE if ChannelName.EMAIL not in KINDS[kind].fixed]
        written = write_digest(reader("tr"), [item(kind) for kind in kinds])
        assert written.subject == "Özet: 7 bildirim"
        # Half past nine in the evening of UTC is half past midnight in Istanbul.
        assert written.text.count("24.11.2026 00:30") == 7
        assert written.text.count("/unsubscribe/") == 7
        assert written.unsubscribe_url

    def test_in_english_as_it_is_written_there(self) -> None:
        assert "24 Nov 2026, 00:30" in write_digest(reader("en"), [item(Kind.NOTE)]).text

    def test_of_one_is_said_so(self) -> None:
        assert write_digest(reader("tr"), [item(Kind.NOTE)]).subject == "Özet: 1 bildirim"
        assert write_digest(reader("en"), [item(Kind.NOTE)]).subject == "Digest: 1 notification"

    def test_a_kind_that_comes_twice_has_one_link_to_stop_it(self) -> None:
        written = write_digest(reader("en"), [item(Kind.NOTE), item(Kind.NOTE)])
        assert written.text.count("Stop “Note” e-mails") == 1
