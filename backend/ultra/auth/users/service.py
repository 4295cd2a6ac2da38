"""The rules of people: registering, proving a password, changing one, the profile.

Functions that hash take no session: hashing takes a quarter of a second, and no transaction is to
stay open for that long.
"""

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.users import passwords, repository
from ultra.auth.users.errors import EmailTaken, WrongCredentials, WrongPassword
from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale
from ultra.auth.users.schemas import UserCreate, UserUpdate
from ultra.kit.db import read_only
from ultra.kit.errors import NotFound


@dataclass(frozen=True)
class Proof:
    """Somebody knew the password whose hash was the stored one at that moment."""

    user_id: UUID
    stored: str
    better: str | None
    """The same password hashed as new ones are, when the stored hash is outdated."""


def get(session: Session, user_id: UUID) -> User:
    """Raises NotFound."""
    user = repository.find(session, user_id)
    if user is None:
        raise NotFound
    return user


def create(
    session: Session, wanted: UserCreate, *, password_hash: str, default_locale: Locale
) -> User:
    """Raises EmailTaken."""
    user = repository.insert_if_new(
        session,
        email=wanted.email,
        email_key=_key_of(wanted.email),
        name=wanted.name,
        locale=wanted.locale or default_locale,
        password_hash=password_hash,
    )
    if user is None:
        raise EmailTaken
    return user


def prove(email: str, password: str) -> Proof:
    """Check a person's password.

    Raises WrongCredentials, after the same time for an address that nobody has.
    """
    with read_only() as session:
        user = repository.find_by_email_key(session, _key_of(email))
    if not passwords.is_password(password, user.password_hash if user else None) or user is None:
        raise WrongCredentials
    better = None
    if passwords.is_outdated(user.password_hash):
        better = passwords.hash_password(password)
    return Proof(user.id, user.password_hash, better)


def accept(session: Session, proof: Proof) -> User:
    """The person who gave the proof, if the password has not been changed since.

    Raises WrongCredentials.
    """
    user = repository.find(session, proof.user_id)
    if user is None or user.password_hash != proof.stored:
        raise WrongCredentials
    if proof.better:
        repository.set_password_hash(
            session, user.id, old=proof.stored, new=proof.better, is_new_password=False
        )
    return user


def prove_again(user_id: UUID, password: str) -> Proof:
    """Check the password of somebody who is signed in. Raises WrongPassword."""
    with read_only() as session:
        stored = get(session, user_id).password_hash
    if not passwords.is_password(password, stored):
        raise WrongPassword
    return Proof(user_id, stored, None)


def change_password(session: Session, proof: Proof, password_hash: str) -> None:
    """Raises WrongPassword when it was changed meanwhile."""
    if not repository.set_password_hash(
        session, proof.user_id, old=proof.stored, new=password_hash, is_new_password=True
    ):
        raise WrongPassword


def update_profile(session: Session, user_id: UUID, wanted: UserUpdate) -> User:
    repository.set_profile(
        session, user_id, name=wanted.name, locale=wanted.locale, theme=wanted.theme
    )
    return get(session, user_id)


def operator_ids(session: Session) -> list[UUID]:
    return repository.operator_ids(session)


def _key_of(email: str) -> str:
    """What two spellings of one address have in common; casefold can undo the normal form."""
    plain = unicodedata.normalize("NFC", email.strip())
    return unicodedata.normalize("NFC", plain.casefold())
