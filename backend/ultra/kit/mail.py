"""E-mail: composed in one way, sent by SMTP or, on one machine without a server, kept as files.

A mail whose sending broke off may have gone out: sent again it has the same Message-ID, by which
mail programs know it.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import idna
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ultra.kit import clock
from ultra.kit.errors import Language
from ultra.settings import settings

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class MailRefused(Exception):
    """This mail will never be taken: the address does not exist, or the server wants no such."""


class MailDelayed(Exception):
    """Not now: the server is away, busy, or does not accept us. It may have been sent."""


@dataclass(frozen=True)
class Letter:
    """One mail to one person, as text and as HTML."""

    id: str
    """The same each time that it is sent; letters, digits, - and _."""
    to: str
    subject: str
    text: str
    html: str
    language: Language
    unsubscribe_url: str | None = None
    """Answers a POST (RFC 8058), so that mail programs can offer a button."""


class _Policy(EmailPolicy):
    """Leaves long addresses whole: the library would encode what it cannot fold."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name in {"Message-ID", "List-Unsubscribe"}:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY: Final = _Policy(linesep="\r\n", max_line_length=78)


def is_available() -> bool:
    """Whether mails reach anybody: in production files in a folder would not."""
    return settings.mail.smtp_url is not None or not settings.is_production


def folder() -> Path:
    return settings.home / "mail"


@cache
def templates(folder: Path) -> Environment:
    """The templates of mails in a folder, which may extend `mail_base.html`.

    A gap that nothing fills is an error.
    """
    return Environment(
        loader=FileSystemLoader([folder, Path(__file__).parent]),
        # By the file's ending: a plain text must not show &amp;
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def send(letter: Letter) -> None:
    """Raise MailRefused or MailDelayed; a letter that is already a file is not written again."""
    message = compose(letter)
    if settings.mail.smtp_url is not None:
        _submit(message)
    elif is_available():
        _write(letter.id, bytes(message))
    else:
        raise MailDelayed("ULTRA_MAIL__SMTP_URL is not set")


def compose(letter: Letter) -> EmailMessage:
    """Make the message with all its headers."""
    if not _ID.fullmatch(letter.id):
        raise ValueError(f"not an id for a mail: {letter.id!r}")
    name, sender = parseaddr(settings.mail.sender)
    from_ = _read_address(sender, name)
    message = EmailMessage(policy=_POLICY)
    message["From"] = from_
    message["To"] = _read_address(letter.to)
    # Titles that people wrote are part of it: a line break would begin a header of theirs.
    message["Subject"] = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", letter.subject).split())
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{letter.id}@{from_.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe_url is not None:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    # Last: what is set before would move into the first part.
    message["Content-Language"] = letter.language
    return message


def _read_address(text: str, name: str = "") -> Address:
    user, _, domain = text.rpartition("@")
    if not user or not domain or "@" in user:
        raise MailRefused("this is not an e-mail address")
    if not user.isascii():
        raise MailRefused("an address with letters beyond ASCII before its @ cannot be reached")
    try:
        domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
        return Address(display_name=name, addr_spec=f"{user}@{domain}")
    except (ValueError, LookupError) as error:
        raise MailRefused("this is not an e-mail address") from error


def _write(letter_id: str, content: bytes) -> None:
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder().glob(f"*Z-{letter_id}.eml")):
        return
    path = folder() / f"{clock.now():%Y%m%dT%H%M%S%f}Z-{letter_id}.eml"
    # Under its name it is whole: somebody may be looking into the folder.
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    draft.chmod(0o600)
    draft.replace(path)


def _submit(message: EmailMessage) -> None:
    sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    try:
        server = _connect(sender.rpartition("@")[2])
    except OSError as error:
        # Also a wrong password: that is this installation's trouble, not this mail's.
        raise MailDelayed(_reason(error)) from error
    try:
        server.sendmail(sender, [to], bytes(message))
    except smtplib.SMTPRecipientsRefused as error:
        _raise_answer(*error.recipients[to])
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        _raise_answer(error.smtp_code, error.smtp_error)
    except OSError as error:
        raise MailDelayed(_reason(error)) from error
    else:
        # It is accepted; a clumsy goodbye must not make us send it again.
        with suppress(OSError):
            server.quit()
    finally:
        server.close()


def _connect(own_name: str) -> smtplib.SMTP:
    """Connect, encrypt and sign in, as the scheme of the address asks for."""
    assert settings.mail.smtp_url is not None
    url = urlsplit(settings.mail.smtp_url.get_secret_value())
    host, seconds = url.hostname or "", settings.mail.seconds
    server: smtplib.SMTP
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, url.port or 465, own_name, timeout=seconds, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 587, own_name, timeout=seconds)
    try:
        if url.scheme == "smtp":
            server.starttls(context=ssl.create_default_context())
        if url.username is not None:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _raise_answer(code: int, text: bytes | str) -> None:
    answer = text.decode(errors="replace") if isinstance(text, bytes) else text
    kind = MailRefused if 500 <= code < 600 else MailDelayed
    raise kind(f"{code} {answer}"[:500])


def _reason(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {error.smtp_error!r}"[:500]
    return str(error) or type(error).__name__
