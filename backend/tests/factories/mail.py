"""The mails that the product wrote, as the people read them who got them."""

import email
import email.policy
import re
import shutil
from email.message import EmailMessage

from sqlalchemy import select

from ultra.kit import mail
from ultra.kit.db import read_only
from ultra.kit.tasks import Job, JobState
from ultra.kit.tasks.admission import admit_once
from ultra.kit.tasks.runner import run_job

_TOKEN = re.compile(r"[?&]token=([\w-]+)")


def deliver() -> None:
    """Do every job of auth that is due, also those that these ask for."""
    while True:
        admit_once()
        with read_only() as session:
            query = select(Job.id).where(Job.state == JobState.QUEUED, Job.name.like("auth.%"))
            found = session.scalars(query.order_by(Job.id)).all()
        if not found:
            return
        for job_id in found:
            run_job(job_id)


def letters(to: str) -> list[EmailMessage]:
    """All mails to this address so far, oldest first."""
    deliver()
    read = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(mail.folder().glob("*.eml"))
    ]
    return [each for each in read if each["To"].addresses[0].addr_spec == to]


def newest(to: str) -> EmailMessage:
    return letters(to)[-1]


def subjects(to: str) -> list[str]:
    return [each["Subject"] for each in letters(to)]


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def token_in(letter: EmailMessage) -> str:
    """The token of the link in a mail, the same in its text and its HTML."""
    html = letter.get_body(("html",))
    assert html is not None
    found = {*_TOKEN.findall(text_of(letter)), *_TOKEN.findall(html.get_content())}
    assert len(found) == 1
    return found.pop()


def throw_away() -> None:
    shutil.rmtree(mail.folder(), ignore_errors=True)
