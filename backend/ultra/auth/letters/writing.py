"""Writes the mails of sign-in, as text and as HTML."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ultra.auth.letters.kinds import KINDS, LetterKind
from ultra.kit import mail
from ultra.kit.errors import Language
from ultra.settings import settings

GREETING: dict[Language, str] = {"tr": "Merhaba{name},", "en": "Hello{name},"}
REASON: dict[Language, str] = {
    "tr": "Bu e-postayı, hesabınızın güvenliğiyle ilgili olduğu için aldınız.",
    "en": "You get this e-mail because it concerns the security of your account.",
}


def page(path: str, language: Language, token: str | None = None) -> str:
    """The whole address of a page; Turkish stands at the root, English under /en.

    Made of the settings alone: a forged Host header must not lead a link astray.
    """
    address = settings.website_url + ("" if language == "tr" else "/en") + path
    return f"{address}?{urlencode({'token': token})}" if token else address


def write(
    kind: LetterKind,
    language: Language,
    *,
    letter_id: UUID,
    to: str,
    name: str | None,
    token: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> mail.Letter:
    """One mail to one person; without a name where a stranger may have chosen it."""
    known = KINDS[kind]
    words = known.words[language]
    return render(
        letter_id=letter_id,
        to=to,
        language=language,
        subject=words.subject,
        greeting=GREETING[language].format(name=f" {name}" if name else ""),
        lead=words.lead.format(**(facts or {})),
        button=words.button,
        url=page(known.path, language, token),
        note=words.note,
        reason=REASON[language],
    )


def render(
    *,
    letter_id: UUID,
    to: str,
    language: Language,
    subject: str,
    greeting: str,
    lead: str,
    button: str,
    url: str,
    note: str,
    reason: str,
) -> mail.Letter:
    """A mail of these words, with one button at most, as text and as HTML."""
    filled: dict[str, Any] = {
        "language": language,
        "subject": subject,
        "greeting": greeting,
        "lead": lead,
        "button": {"label": button, "url": url} if button else None,
        "note": note,
        "reason": reason,
    }
    return mail.Letter(
        id=letter_id.hex,
        to=to,
        subject=subject,
        text=_templates().get_template("letter.txt").render(filled),
        html=_templates().get_template("letter.html").render(filled),
        language=language,
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        # By the file's ending: a plain text must not show &amp;
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
