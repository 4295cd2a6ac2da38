"""The rules of people: registering, proving a password, changing one, the profile.

Functions that hash take no session: hashing takes a quarter of a second, and no transaction is to
stay open for that long.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ultra.auth.users import passwords, repository
from ultra.auth.users.breached import is_breached
from ultra.auth.users.errors import (
    AccountChanged,
    AccountDisabled,
    EmailTaken,
    PasswordAlreadySet,
    PasswordBreached,
    WrongCredentials,
    WrongPassword,
)
from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale
from ultra.auth.users.schemas import UserUpdate
from ultra.kit.db import read_only
from ultra.kit.errors import NotFound


@dataclass(frozen=True)
class Sought:
    """Whoever has an address, if anybody has it."""

    user_id: UUID | None
    stored: str | None = field(repr=False)


@dataclass(frozen=True)
class Proof:
    """Somebody knew the password whose hash was the stored one at that moment."""

    user_id: UUID
    stored: str = field(repr=False)
    better: str | None = field(repr=False)
    """The same password hashed as new ones are, when the stored hash is outdated."""


def get(session: Session, user_id: UUID) -> User:
    """Raises NotFound."""
    user = repository.find(session, user_id)
    if user is None:
        raise NotFound
    return user


def lock(session: Session, user_id: UUID) -> User:
    """The same, read anew; until the commit nobody else changes them or signs them in.

    Whatever lets somebody in or shuts them out begins with it, and takes other locks after it.
    Never hash while holding it. Raises NotFound.
    """
    user = repository.lock(session, user_id)
    if user is None:
        raise NotFound
    return user


def find(session: Session, user_id: UUID) -> User | None:
    return repository.find(session, user_id)


def find_by_email(session: Session, email: str) -> User | None:
    return repository.find_by_email_key(session, key_of(email))


def get_many(session: Session, user_ids: Collection[UUID]) -> dict[UUID, User]:
    """Those of these people who exist."""
    return {user.id: user for user in repository.find_many(session, user_ids)}


def create(session: Session, *, email: str, name: str, locale: Locale, password_hash: str) -> User:
    """Somebody who has not shown yet that they read this address. Raises EmailTaken."""
    user = repository.insert_if_new(
        session,
        email=email,
        email_key=key_of(email),
        name=name,
        locale=locale,
        password_hash=password_hash,
        is_email_verified=False,
    )
    if user is None:
        raise EmailTaken
    return user


def create_without_password(
    session: Session, *, email: str, name: str, locale: Locale
) -> User | None:
    """For whoever has shown to read this address; None when somebody has it already."""
    return repository.insert_if_new(
        session,
        email=email,
        email_key=key_of(email),
        name=name,
        locale=locale,
        password_hash=None,
        is_email_verified=True,
    )


def hand_over(session: Session, user_id: UUID, *, name: str) -> None:
    """Give an account to whoever has shown to read the mail of its address, which nobody had.

    Raises AccountChanged when somebody else verified the address meanwhile.
    """
    if not repository.hand_over(session, user_id, name=name):
        raise AccountChanged


def drop_password(session: Session, user_id: UUID) -> bool:
    """Let nobody in by the password of an account whose address was never verified.

    Links that were mailed before are void. False when there is none, or the address is verified.
    """
    return repository.drop_password(session, user_id)


def refuse_weak(password: str, *about: str) -> None:
    """Refuse what anybody would try first; `about` is what is known of its owner.

    Raises PasswordBreached.
    """
    if is_breached(password, about):
        raise PasswordBreached


def is_open(session: Session, user_id: UUID) -> bool:
    """Whether there is such an account and nobody has closed it."""
    user = repository.find(session, user_id)
    return user is not None and user.disabled_at is None


def refuse_disabled(session: Session, user_id: UUID) -> None:
    """Raises AccountDisabled."""
    if get(session, user_id).disabled_at:
        raise AccountDisabled


def refuse_changed(session: Session, user_id: UUID, epoch: int) -> None:
    """Refuse whoever proved themselves by what may count no more: it was of this epoch.

    Looks at the person as they are now, and holds them so until the commit. Raises AccountDisabled,
    AccountChanged.
    """
    user = lock(session, user_id)
    if user.disabled_at:
        raise AccountDisabled
    if user.credential_epoch != epoch:
        raise AccountChanged


def seek(email: str) -> Sought:
    """Who has this address, before anything is proved."""
    with read_only() as session:
        user = repository.find_by_email_key(session, key_of(email))
    return Sought(user.id, user.password_hash) if user else Sought(None, None)


def prove(sought: Sought, password: str) -> Proof:
    """Check a person's password.

    Raises WrongCredentials, after the same time for an address that nobody has.
    """
    is_right = passwords.is_password(password, sought.stored)
    if not is_right or sought.user_id is None or sought.stored is None:
        raise WrongCredentials
    better = None
    if passwords.is_outdated(sought.stored):
        better = passwords.hash_password(password)
    return Proof(sought.user_id, sought.stored, better)


def accept(session: Session, proof: Proof) -> User:
    """The person who gave the proof, if the password has not been changed since.

    Nobody changes it before the commit: else whoever is on the way in would outlast the reset that
    was to keep them out. Raises WrongCredentials.
    """
    user = repository.lock(session, proof.user_id)
    if user is None or user.password_hash != proof.stored:
        raise WrongCredentials
    if proof.better:
        repository.set_rehashed(session, user.id, old=proof.stored, new=proof.better)
    return user


def prove_again(user_id: UUID, password: str) -> Proof:
    """Check the password of somebody who is signed in. Raises WrongPassword."""
    with read_only() as session:
        stored = get(session, user_id).password_hash
    if not passwords.is_password(password, stored) or stored is None:
        raise WrongPassword
    return Proof(user_id, stored, None)


def change_password(session: Session, proof: Proof, password_hash: str) -> None:
    """Raises WrongPassword when it was changed meanwhile."""
    if not repository.set_password_hash(
        session, proof.user_id, old=proof.stored, new=password_hash
    ):
        raise WrongPassword


def set_first_password(session: Session, user_id: UUID, password_hash: str) -> None:
    """Raises PasswordAlreadySet."""
    if not repository.set_password_hash(session, user_id, old=None, new=password_hash):
        raise PasswordAlreadySet


def reset_password(session: Session, user_id: UUID, epoch: int, password_hash: str) -> None:
    """For whoever came from the mail. Raises AccountChanged when they changed since it was sent."""
    if not repository.reset_password_hash(session, user_id, epoch=epoch, new=password_hash):
        raise AccountChanged


def verify_email(session: Session, user_id: UUID, email_key: str) -> None:
    """Raises AccountChanged when the person has another address by now."""
    if not repository.set_email_verified(session, user_id, email_key=email_key):
        raise AccountChanged


def change_email(
    session: Session, user_id: UUID, epoch: int, email: str, *, drops_password: bool = False
) -> None:
    """Raises EmailTaken; AccountChanged when it changed since the mail was sent."""
    try:
        with session.begin_nested():
            is_changed = repository.set_email(
                session,
                user_id,
                epoch=epoch,
                email=email,
                email_key=key_of(email),
                drops_password=drops_password,
            )
    except IntegrityError as error:
        raise EmailTaken from error
    if not is_changed:
        raise AccountChanged


def update_profile(session: Session, user_id: UUID, wanted: UserUpdate) -> User:
    repository.set_profile(
        session, user_id, name=wanted.name, locale=wanted.locale, theme=wanted.theme
    )
    return get(session, user_id)


def remember_seen(session: Session, seen: Mapping[UUID, datetime]) -> None:
    """Keep when people were here, before the table of sessions forgets it."""
    for user_id, moment in sorted(seen.items()):
        repository.set_last_seen(session, user_id, moment)


def operator_ids(session: Session) -> list[UUID]:
    """Those who can come in."""
    return repository.operator_ids(session)


def key_of(email: str) -> str:
    """What two spellings of one address have in common; casefold can undo the normal form."""
    plain = unicodedata.normalize("NFC", email.strip())
    return unicodedata.normalize("NFC", plain.casefold())
