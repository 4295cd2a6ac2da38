"""The rules of sign-in's mails: which is sent to whom, and what it says at the moment of sending.

Jobs hold ids alone. A token is made of its id when the mail is written, and is the same each time.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.letters import writing
from ultra.auth.letters.kinds import FACTORS, LetterKind
from ultra.auth.sessions import service as sessions
from ultra.auth.tokens import service as tokens
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.kit import clock, mail
from ultra.kit.errors import Language
from ultra.kit.tasks import Priority, enqueue

SEND = "auth.send_letter"


def send_link(session: Session, kind: LetterKind, user_id: UUID, token_id: UUID) -> None:
    """Mail a link with a token to the address that the token is bound to, after the commit."""
    enqueue(session, SEND, kind.value, user_id, token_id, {}, priority=Priority.HIGH)


def send_news(session: Session, kind: LetterKind, user_id: UUID, **facts: str) -> None:
    """Mail what happened to an account to its address, after the commit."""
    enqueue(session, SEND, kind.value, user_id, None, facts, priority=Priority.HIGH)


def write_link(
    session: Session, kind: LetterKind, user_id: UUID, token_id: UUID
) -> mail.Letter | None:
    """None when the link would be of no use any more."""
    token = tokens.find_usable(session, token_id)
    if token is None:
        return None
    user = users.get(session, user_id)
    # The new address is told its own name, the old one the new one's.
    told = token.email if kind is LetterKind.CHANGE_EMAIL else user.email
    return writing.write(
        kind,
        user.locale.value,
        letter_id=token_id,
        to=token.email,
        name=_name_for(user, token.email_key),
        token=tokens.write(token_id),
        facts={"email": told},
    )


def write_news(
    session: Session, kind: LetterKind, user_id: UUID, letter_id: UUID, facts: dict[str, str]
) -> mail.Letter:
    user = users.get(session, user_id)
    return writing.write(
        kind,
        user.locale.value,
        letter_id=letter_id,
        to=user.email,
        name=_name_for(user, user.email_key),
        facts=_say(session, user, facts),
    )


def _name_for(user: User, email_key: str) -> str | None:
    """What a mail calls its reader: nothing, unless they have shown that they read this address.

    Anybody can type a stranger's address, and make the name a message of their own.
    """
    return user.name if user.is_email_verified and user.email_key == email_key else None


def _say(session: Session, user: User, facts: dict[str, str]) -> dict[str, str]:
    """The facts as this person reads them."""
    language: Language = user.locale.value
    at = datetime.fromisoformat(facts["at"]) if "at" in facts else clock.now()
    said = {"email": user.email, "at": clock.write(at, language)}
    if left := facts.get("left"):
        said["left"] = left
    if reason := facts.get("reason"):
        said["reason"] = reason
    if factor := facts.get("factor"):
        said["factor"] = FACTORS[factor][language] if factor in FACTORS else factor
    if session_id := facts.get("session_id"):
        device = sessions.describe(session, UUID(session_id), language)
        said |= {"device": device.name, "ip": device.ip}
    return said
