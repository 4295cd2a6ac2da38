"""Showing that one reads the mail that goes to one's address."""

from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.letters import service as letters
from ultra.auth.letters.kinds import LetterKind
from ultra.auth.tokens import service as tokens
from ultra.auth.tokens.errors import LinkNotValid
from ultra.auth.tokens.models import OneTimeToken, Purpose
from ultra.auth.tokens.service import Owner
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.kit import limits


def send(session: Session, user: User) -> None:
    """Mail the link that verifies the present address."""
    token_id = tokens.issue(session, Purpose.VERIFY_EMAIL, owner_of(user))
    letters.send_link(session, LetterKind.VERIFY_EMAIL, user.id, token_id)


def send_again(session: Session, user: User) -> None:
    """The same to somebody who may have lost it; not more often than the limit allows."""
    if limits.count("verification", user.email_key).is_within:
        send(session, user)


def confirm(session: Session, token: str) -> None:
    """Raises LinkNotValid."""
    used = tokens.use(session, Purpose.VERIFY_EMAIL, token)
    users.lock(session, used.user_id)
    refuse_overtaken(session, used)
    users.verify_email(session, used.user_id, used.email_key)
    audit.record(session, "email.verified", user_id=used.user_id)


def owner_of(user: User) -> Owner:
    """What a link to the present address is bound to."""
    return Owner(user.id, user.email, user.email_key, user.credential_epoch)


def refuse_overtaken(session: Session, token: OneTimeToken) -> None:
    """A change of password or address makes the links of before void. Raises LinkNotValid."""
    user = users.get(session, token.user_id)
    if user.credential_epoch != token.credential_epoch or user.disabled_at:
        raise LinkNotValid
