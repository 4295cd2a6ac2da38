"""The rules of one-time tokens: made for one purpose, one person, one address; used once.

A token is derived from its id under the installation's secret. So the job that mails it needs the
id alone, makes the same token each time it runs, and neither the table of tokens nor the table of
jobs can tell one.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.tokens import repository
from ultra.auth.tokens.errors import LinkNotValid
from ultra.auth.tokens.models import OneTimeToken, Purpose
from ultra.kit.crypto import derive_key, digest
from ultra.kit.ids import new_id

LIVES = {
    Purpose.VERIFY_EMAIL: timedelta(hours=24),
    Purpose.RESET_PASSWORD: timedelta(minutes=60),
    Purpose.CHANGE_EMAIL: timedelta(hours=24),
    Purpose.UNDO_EMAIL: timedelta(hours=72),
}
KEEP_EXPIRED = timedelta(days=7)


@dataclass(frozen=True)
class Owner:
    """Whose token it is and what it is bound to."""

    user_id: UUID
    email: str
    email_key: str
    credential_epoch: int


def issue(session: Session, purpose: Purpose, owner: Owner) -> UUID:
    """A new token's id; `write` makes the token of it."""
    token_id = new_id()
    repository.insert(
        session,
        digest=digest(write(token_id)),
        purpose=purpose,
        user_id=owner.user_id,
        email=owner.email,
        email_key=owner.email_key,
        credential_epoch=owner.credential_epoch,
        life=LIVES[purpose],
    )
    return token_id


def write(token_id: UUID) -> str:
    """The token itself: 256 bits that nobody can make without the installation's secret."""
    made = hmac.new(derive_key("one-time tokens"), token_id.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def find_usable(session: Session, token_id: UUID) -> OneTimeToken | None:
    return repository.find_usable(session, digest(write(token_id)))


def use(session: Session, purpose: Purpose, token: str) -> OneTimeToken:
    """Use a token up. Raises LinkNotValid; the caller compares epoch and address."""
    found = repository.use(session, digest(token), purpose)
    if found is None:
        raise LinkNotValid
    return found


def look(session: Session, purpose: Purpose, token: str) -> OneTimeToken:
    """The token, left as it is. Raises LinkNotValid."""
    found = repository.find_usable(session, digest(token), purpose)
    if found is None:
        raise LinkNotValid
    return found


def asked_at(session: Session, undo: OneTimeToken) -> datetime:
    """When somebody asked for the change of address that this link undoes."""
    asked = repository.find_asked(session, undo)
    return asked.created_at if asked else undo.created_at


def void(
    session: Session, user_id: UUID, purpose: Purpose, *, since: datetime | None = None
) -> None:
    """Make a person's tokens for a purpose unusable; only those made from a moment on, if given."""
    repository.void(session, user_id, purpose, since=since)


def is_address_held(session: Session, email_key: str, *, besides: UUID | None = None) -> bool:
    """Whether somebody may still take this address back, so that nobody else may have it."""
    return repository.is_address_held(session, email_key, besides=besides)


def remove_expired(session: Session) -> int:
    return repository.delete_expired(session, keep=KEEP_EXPIRED)
