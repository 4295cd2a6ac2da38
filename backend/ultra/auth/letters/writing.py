"""Writes the mails of sign-in, as text and as HTML."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from ultra.auth.letters.kinds import KINDS, LetterKind
from ultra.kit import mail, website
from ultra.kit.errors import Language

_FOLDER = Path(__file__).with_name("templates")
GREETING: dict[Language, str] = {"tr": "Merhaba{name},", "en": "Hello{name},"}
REASON: dict[Language, str] = {
    "tr": "Bu e-postayı, hesabınızın güvenliğiyle ilgili olduğu için aldınız.",
    "en": "You get this e-mail because it concerns the security of your account.",
}


def page(path: str, language: Language, token: str | None = None) -> str:
    """The whole address of a page, with the key that opens it."""
    address = website.page(path, language)
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
        text=mail.templates(_FOLDER).get_template("letter.txt").render(filled),
        html=mail.templates(_FOLDER).get_template("letter.html").render(filled),
        language=language,
    )
