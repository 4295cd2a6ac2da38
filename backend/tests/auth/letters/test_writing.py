"""The mails of sign-in: each in both languages, and safe whatever people are called."""

import string
from uuid import uuid4

import pytest

from ultra.auth.letters import writing
from ultra.auth.letters.kinds import KINDS, LetterKind
from ultra.kit import mail

FACTS = {
    "email": "yeni@example.com",
    "at": "23.11.2026 13:00",
    "factor": "passkey",
    "device": "Firefox · Linux",
    "ip": "203.0.113.9",
    "left": "3",
    "reason": "Başkasının videoları",
}


def write(kind, language, **more):
    given = {"letter_id": uuid4(), "to": "ayse@example.com", "name": "Ayşe", "facts": FACTS, **more}
    return writing.write(kind, language, **given)


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_mail_can_be_written_and_sent(kind, language):
    letter = write(kind, language, token="x" * 43)
    assert mail.compose(letter)["Subject"] == letter.subject
    has_button = kind is not LetterKind.ACCOUNT_CLOSED
    assert ("x" * 43 in letter.text) is has_button
    assert ("x" * 43 in letter.html) is has_button
    assert "{" not in letter.text


@pytest.mark.parametrize("kind", list(LetterKind))
def test_both_languages_tell_the_same_facts(kind):
    gaps = [
        {name for _, name, *_ in string.Formatter().parse(words.lead) if name}
        for words in KINDS[kind].words.values()
    ]
    assert gaps[0] == gaps[1]


def test_a_name_is_text_and_nothing_else():
    letter = write(LetterKind.PASSWORD_CHANGED, "en", name="<b>{email}</b>")
    assert "&lt;b&gt;{email}&lt;/b&gt;" in letter.html
    assert "Hello <b>{email}</b>," in letter.text
