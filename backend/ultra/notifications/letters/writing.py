"""Writes the mails: one notification, or a digest of several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ultra.kit import clock, mail
from ultra.kit.errors import Language
from ultra.notifications import links
from ultra.notifications.kinds import KINDS, Kind
from ultra.notifications.preferences import subscriptions
from ultra.notifications.sentences import Said, say

_FOLDER = Path(__file__).with_name("templates")
PREFERENCES = "/settings/notifications"


@dataclass(frozen=True)
class Reader:
    """Who a mail is for."""

    user_id: UUID
    name: str
    language: Language
    zone: ZoneInfo


@dataclass(frozen=True)
class Item:
    """Something that a mail tells."""

    kind: Kind
    facts: dict[str, Any]
    at: datetime
    workspace_id: UUID | None
    """Where it happened; None for what happened nowhere in particular."""


@dataclass(frozen=True)
class Written:
    """A mail without its envelope."""

    subject: str
    html: str
    text: str
    unsubscribe_url: str | None
    """For the List-Unsubscribe header; a test has none, as nobody is subscribed to tests."""


WORDS: dict[Language, Mapping[str, str]] = {
    "tr": {
        "greeting": "Merhaba {name},",
        "open": "Aç",
        "digest_subject": "Özet: {count} bildirim",
        "digest_lead": "Son özetten bu yana olanlar:",
        "reason": "Bu e-postayı, ayarlarınızda bu tür e-postalar açık olduğu için aldınız.",
        "reason_test": "Bu e-postayı, siz istediğiniz için deneme olarak gönderdik.",
        "stop": "“{title}” e-postalarını durdur",
        "preferences": "Bildirim ayarları",
    },
    "en": {
        "greeting": "Hello {name},",
        "open": "Open",
        "digest_subject": "Digest: {count} notifications",
        "digest_lead": "What has happened since the last digest:",
        "reason": "You get this e-mail because such e-mails are on in your settings.",
        "reason_test": "You get this e-mail because you asked for a test.",
        "stop": "Stop “{title}” e-mails",
        "preferences": "Notification settings",
    },
}

BUTTONS: dict[Kind, tuple[str, str]] = {
    Kind.VIDEO_READY: ("Videoyu aç", "Open the video"),
    Kind.VIDEO_FAILED: ("Ayrıntılara bak", "See the details"),
    Kind.JOB_DEAD: ("İşi incele", "Look at the job"),
    Kind.WEBHOOK_DISABLED: ("Bağlantıyı incele", "Look at the connection"),
}

DIGEST_OF_ONE: dict[Language, str] = {"tr": "Özet: 1 bildirim", "en": "Digest: 1 notification"}


def write_notification(reader: Reader, item: Item) -> Written:
    """One notification, said in full, with a button that leads to what it is about."""
    said = say(item.kind, item.facts, reader.language)
    stops = [] if item.kind is Kind.TEST else [item.kind]
    button = _button(reader, said, item)
    return _write(reader, subject=said.title, lead=said.body, items=[], button=button, stops=stops)


def write_digest(reader: Reader, items: Sequence[Item]) -> Written:
    """Everything that was gathered, oldest first."""
    words = WORDS[reader.language]
    subject = words["digest_subject"].format(count=len(items))
    return _write(
        reader,
        subject=DIGEST_OF_ONE[reader.language] if len(items) == 1 else subject,
        lead=words["digest_lead"],
        items=items,
        button=None,
        stops=list(dict.fromkeys(item.kind for item in items)),
    )


def _write(
    reader: Reader,
    *,
    subject: str,
    lead: str,
    items: Sequence[Item],
    button: dict[str, str] | None,
    stops: Sequence[Kind],
) -> Written:
    language, words = reader.language, WORDS[reader.language]
    token = subscriptions.write_token(reader.user_id, stops)
    # A subject is one line; a title that a person typed may hold several.
    subject = " ".join(subject.split())
    facts: dict[str, Any] = {
        "language": language,
        "subject": subject,
        "greeting": words["greeting"].format(name=reader.name),
        "lead": lead,
        "items": [_item(reader, item) for item in items],
        "button": button,
        "reason": words["reason" if stops else "reason_test"],
        "stops": [_stop(reader, kind) for kind in stops],
        "preferences": {
            "label": words["preferences"],
            "url": links.page(PREFERENCES, language),
        },
    }
    return Written(
        subject=subject,
        html=mail.templates(_FOLDER).get_template("letter.html").render(facts),
        text=mail.templates(_FOLDER).get_template("letter.txt").render(facts),
        unsubscribe_url=links.api(f"/unsubscribe/{token}") if stops else None,
    )


def _item(reader: Reader, item: Item) -> dict[str, str]:
    said = say(item.kind, item.facts, reader.language)
    return {
        "title": said.title,
        "body": said.body,
        "url": links.page(said.href, reader.language, item.workspace_id),
        "at": clock.write(item.at.astimezone(reader.zone), reader.language),
    }


def _button(reader: Reader, said: Said, item: Item) -> dict[str, str]:
    words = WORDS[reader.language]["open"]
    turkish, english = BUTTONS.get(item.kind, (words, words))
    return {
        "label": turkish if reader.language == "tr" else english,
        "url": links.page(said.href, reader.language, item.workspace_id),
    }


def _stop(reader: Reader, kind: Kind) -> dict[str, str]:
    token = subscriptions.write_token(reader.user_id, [kind])
    title = KINDS[kind].title[reader.language]
    return {
        "label": WORDS[reader.language]["stop"].format(title=title),
        "url": links.page(f"/unsubscribe/{token}", reader.language),
    }
