"""Changing the address of an account: the new one is shown to be read, the old one may undo it."""

from sqlalchemy.orm import Session

from ultra.auth.accounts import recovery, verification
from ultra.auth.audit import service as audit
from ultra.auth.events import EmailChanged
from ultra.auth.factors import service as factors
from ultra.auth.keys import service as keys
from ultra.auth.letters import service as letters
from ultra.auth.letters.kinds import LetterKind
from ultra.auth.oauth import service as identities
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.models import EndReason
from ultra.auth.tokens import service as tokens
from ultra.auth.tokens.errors import LinkNotValid
from ultra.auth.tokens.models import Purpose
from ultra.auth.tokens.service import Owner
from ultra.auth.users import service as users
from ultra.auth.users.errors import AccountChanged, EmailTaken
from ultra.kit.access import RECENT, Actor
from ultra.kit.clock import now
from ultra.kit.events import announce


def ask(session: Session, actor: Actor, new_email: str) -> None:
    """Mail a link to the new address; only the latest one asked for works.

    A taken address gets the mail that it is: the answer here tells nobody who has an account.
    """
    user, key = users.get(session, actor.user_id), users.key_of(new_email)
    tokens.void(session, user.id, Purpose.CHANGE_EMAIL)
    owner = users.find_by_email(session, new_email)
    if owner and owner.id != user.id:
        letters.send_news(session, LetterKind.ALREADY_REGISTERED, owner.id)
        return
    if tokens.is_address_held(session, key, besides=user.id):
        return
    bound = Owner(user.id, new_email, key, user.credential_epoch)
    token_id = tokens.issue(session, Purpose.CHANGE_EMAIL, bound)
    letters.send_link(session, LetterKind.CHANGE_EMAIL, user.id, token_id)


def confirm(session: Session, token: str) -> None:
    """The new address is this person's: it counts from now on. Raises LinkNotValid, EmailTaken."""
    used = tokens.use(session, Purpose.CHANGE_EMAIL, token)
    verification.refuse_overtaken(session, used)
    if tokens.is_address_held(session, used.email_key, besides=used.user_id):
        raise EmailTaken
    user = users.get(session, used.user_id)
    former, was_verified = verification.owner_of(user), user.is_email_verified
    try:
        users.change_email(session, user.id, used.credential_epoch, used.email)
    except AccountChanged as error:
        raise LinkNotValid from error
    # An address that nobody ever showed to read may be a stranger's, who would get the account.
    if was_verified and former.email_key != used.email_key:
        undo_id = tokens.issue(session, Purpose.UNDO_EMAIL, former)
        letters.send_link(session, LetterKind.EMAIL_CHANGED, user.id, undo_id)
    announce(session, EmailChanged(user.id, "changed", now()))
    audit.record(session, "email.changed", user_id=user.id)


def undo(session: Session, token: str) -> None:
    """The old address comes back, and whoever was in is out. Raises LinkNotValid, EmailTaken.

    No later change of the password voids this link: a thief's first step would be one. What it
    voids are the thief's own ways back: links to addresses that came later, and all others by the
    new epoch. What was added counts from the proof on that let them ask for the change.
    """
    used = tokens.use(session, Purpose.UNDO_EMAIL, token)
    tokens.void(session, used.user_id, Purpose.UNDO_EMAIL, since=used.created_at)
    user = users.lock(session, used.user_id)
    users.change_email(session, user.id, user.credential_epoch, used.email, drops_password=True)
    sessions.end_all(session, user.id, EndReason.EMAIL_RESTORED)
    # Whatever was added since then is the thief's way back; keys act without any session.
    since = tokens.asked_at(session, used) - RECENT
    factors.remove_added_since(session, user.id, since)
    identities.remove_linked_since(session, user.id, since)
    keys.end_all_of(session, user.id, by=user.id)
    letters.send_news(session, LetterKind.EMAIL_RESTORED, user.id)
    recovery.send_link(session, users.get(session, user.id))
    announce(session, EmailChanged(user.id, "restored", now()))
    audit.record(session, "email.restored", user_id=user.id)
