"""The mails that lie as .eml files in a folder."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

_FILE: Final = re.compile(r"[A-Za-z0-9_-]+\.eml")


@dataclass(frozen=True)
class Mail:
    """One mail, read."""

    file: str
    to: str
    sender: str
    subject: str
    date: datetime | None
    text: str
    html: str
    headers: dict[str, str]
    source: bytes


def list_mails(folder: Path) -> list[Mail]:
    """All mails in the order of sending, which their names keep."""
    if not folder.is_dir():
        return []
    names = sorted(path.name for path in folder.iterdir() if _FILE.fullmatch(path.name))
    found = (find_mail(folder, name) for name in names)
    return [mail for mail in found if mail is not None]


def find_mail(folder: Path, file: str) -> Mail | None:
    """Return the mail of that file name, which is no path."""
    if not _FILE.fullmatch(file):
        return None
    try:
        source = (folder / file).read_bytes()
    except FileNotFoundError:
        return None
    message = message_from_bytes(source, policy=policy.default)
    date = message["Date"]
    return Mail(
        file=file,
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        date=date.datetime if date is not None else None,
        text=_body(message, "plain"),
        html=_body(message, "html"),
        headers={name: str(value) for name, value in message.items()},
        source=source,
    )


def delete_all(folder: Path) -> None:
    for mail in list_mails(folder):
        (folder / mail.file).unlink(missing_ok=True)


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return "" if part is None else str(part.get_content())
