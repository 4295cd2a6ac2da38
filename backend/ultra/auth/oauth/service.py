"""The rules of who somebody is here who proved at Google or GitHub who they are there.

An identity is the provider's own id of an account. An e-mail address is none: it passes to others,
and an account here may have been opened with it by anybody. So an address alone opens a new account
or leads to the question for another proof, and never into an account that exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.events import FactorAdded, FactorRemoved
from ultra.auth.factors import ways_in
from ultra.auth.factors.errors import LastWayIn
from ultra.auth.oauth import repository
from ultra.auth.oauth.errors import (
    AddressTaken,
    IdentityTaken,
    OwnEmailUnverified,
    ProviderEmailUnverified,
)
from ultra.auth.oauth.models import Identity
from ultra.auth.oauth.providers import registry
from ultra.auth.oauth.providers.kinds import Profile
from ultra.auth.sessions import service as sessions
from ultra.auth.tokens import service as tokens
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale
from ultra.auth.workspaces import service as workspaces
from ultra.kit.clock import now
from ultra.kit.errors import NotFound
from ultra.kit.events import announce


@dataclass(frozen=True)
class LinkNeeded:
    """There is an account with this address: its owner proves to be that first, in another way."""

    user_id: UUID


def available_providers() -> list[str]:
    """Those that a sign-in page may offer."""
    return [str(provider) for provider in registry.available()]


def come_in(session: Session, profile: Profile, locale: Locale) -> User | LinkNeeded:
    """Who this is here. Raises ProviderEmailUnverified, AddressTaken."""
    # The address before the identity: both are written at once, so whoever finds an account that
    # the same person opens in another window at this moment finds its identity as well.
    owner = users.find_by_email(session, profile.email) if profile.email else None
    identity = repository.find(session, profile.provider, profile.subject)
    if identity:
        repository.note_use(session, identity.id, email=profile.email)
        return users.get(session, identity.user_id)
    email = _verified_email(profile)
    if owner is None:
        return _open_account(session, profile, email, locale)
    if owner.is_email_verified or sessions.was_ever_opened(session, owner):
        return LinkNeeded(owner.id)
    return _hand_over(session, owner, profile, email)


def link(session: Session, user_id: UUID, profile: Profile) -> Identity:
    """Let a person come in by this identity too, who has just proved who they are.

    Raises ProviderEmailUnverified, OwnEmailUnverified, IdentityTaken.
    """
    email = _verified_email(profile)
    user = users.get(session, user_id)
    if not user.is_email_verified:
        if users.key_of(email) != user.email_key:
            # Else whoever opened an account with a stranger's address would keep a way into it.
            raise OwnEmailUnverified
        users.verify_email(session, user_id, user.email_key)
    return _add(session, user_id, profile, email)


def list_identities(session: Session, user_id: UUID) -> Sequence[Identity]:
    return repository.list_of(session, user_id)


@ways_in.counts_ways_in
def count_identities(session: Session, user_id: UUID) -> int:
    return repository.count_of(session, user_id)


def unlink(session: Session, user_id: UUID, identity_id: UUID) -> None:
    """Raises NotFound, LastWayIn."""
    ways_left = ways_in.count(session, user_id)
    provider = repository.delete_one(session, user_id, identity_id)
    if provider is None:
        raise NotFound
    if ways_left == 1:
        raise LastWayIn
    announce(session, FactorRemoved(user_id, provider, now()))
    audit.record(
        session,
        "identity.unlink",
        object_type="identity",
        object_id=identity_id,
        facts={"provider": provider},
    )


def remove_linked_since(session: Session, user_id: UUID, since: datetime) -> None:
    """Whatever was linked while the account was in other hands, the last way in included."""
    for provider in repository.delete_linked_since(session, user_id, since):
        announce(session, FactorRemoved(user_id, provider, now()))


def _open_account(
    session: Session, profile: Profile, email: str, locale: Locale
) -> User | LinkNeeded:
    """A new person, whose address the provider has verified. Raises AddressTaken."""
    if tokens.is_address_held(session, users.key_of(email)):
        raise AddressTaken
    user = users.create_without_password(session, email=email, name=profile.name, locale=locale)
    if user is None:
        # Somebody was faster with the same address a moment ago, perhaps this very person.
        return come_in(session, profile, locale)
    workspace = workspaces.create_for(session, user.id, user.name)
    audit.record(session, "account.opened", workspace_id=workspace.id, user_id=user.id)
    _add(session, user.id, profile, email)
    return user


def _hand_over(session: Session, owner: User, profile: Profile, email: str) -> User:
    """Give an account that nobody has ever been in to whoever reads the mail of its address.

    It was opened by somebody who has not shown that. Whoever it was: their password and their links
    are void from now on.
    """
    users.hand_over(session, owner.id, name=profile.name)
    _add(session, owner.id, profile, email)
    session.refresh(owner)
    return owner


def _add(session: Session, user_id: UUID, profile: Profile, email: str) -> Identity:
    """Raises IdentityTaken."""
    added = repository.insert_if_new(
        session,
        provider=profile.provider,
        subject=profile.subject,
        user_id=user_id,
        email=email,
    )
    if added is None:
        known = repository.find(session, profile.provider, profile.subject)
        if known is None or known.user_id != user_id:
            raise IdentityTaken
        return known
    announce(session, FactorAdded(user_id, profile.provider, now()))
    audit.record(
        session,
        "identity.link",
        user_id=user_id,
        object_type="identity",
        object_id=added.id,
        facts={"provider": profile.provider},
    )
    return added


def _verified_email(profile: Profile) -> str:
    if profile.email is None:
        raise ProviderEmailUnverified
    return profile.email
