"""A forgotten password: the mail that leads to a new one, and the new one."""

from base64 import b64decode, b64encode
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.accounts import verification
from ultra.auth.audit import service as audit
from ultra.auth.events import PasswordChanged
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
from ultra.auth.users import service as users
from ultra.auth.users.errors import AccountChanged
from ultra.auth.users.models import User
from ultra.kit.clock import now
from ultra.kit.crypto import derive_key, seal, unseal
from ultra.kit.events import announce
from ultra.kit.tasks import Priority, enqueue

ANSWER = "auth.answer_forgotten_password"


def ask(session: Session, email: str) -> None:
    """Whether anybody has this address is looked at by a job, so that no answer's time tells.

    The address travels sealed: who may look at jobs need not see who forgets passwords.
    """
    sealed = seal(derive_key("forgotten passwords"), email.encode(), context=ANSWER)
    enqueue(session, ANSWER, b64encode(sealed).decode(), priority=Priority.HIGH)


def answer(session: Session, sealed: str) -> None:
    """Mail the link to whoever has the address; nobody else hears anything."""
    plain = unseal(derive_key("forgotten passwords"), b64decode(sealed), context=ANSWER)
    user = users.find_by_email(session, plain.decode())
    if user and not user.disabled_at:
        send_link(session, user)


def send_link(session: Session, user: User, kind: LetterKind = LetterKind.RESET_PASSWORD) -> None:
    """Mail the link to a new password; the kind says what has happened."""
    token_id = tokens.issue(session, Purpose.RESET_PASSWORD, verification.owner_of(user))
    letters.send_link(session, kind, user.id, token_id)


def look(session: Session, token: str) -> User:
    """Whose link it is, before the work of hashing a password begins. Raises LinkNotValid."""
    found = tokens.look(session, Purpose.RESET_PASSWORD, token)
    verification.refuse_overtaken(session, found)
    return users.get(session, found.user_id)


def reset(session: Session, token: str, password_hash: str) -> UUID:
    """Give a new password, end all sessions; whose it was. Raises LinkNotValid.

    Nobody is signed in by it, and second factors stay needed.
    """
    used = tokens.use(session, Purpose.RESET_PASSWORD, token)
    # Whoever is on the way in comes first, and their session ends here; or comes too late.
    user = users.lock(session, used.user_id)
    verification.refuse_overtaken(session, used)
    if not user.is_email_verified:
        _evict(session, user)
    try:
        users.reset_password(session, used.user_id, used.credential_epoch, password_hash)
    except AccountChanged as error:
        raise LinkNotValid from error
    sessions.end_all(session, used.user_id, EndReason.PASSWORD_RESET)
    announce(session, PasswordChanged(used.user_id, "reset", now()))
    audit.record(session, "password.reset", user_id=used.user_id)
    return used.user_id


def _evict(session: Session, user: User) -> None:
    """Whoever opened this account never showed that its address is theirs; now its owner comes.

    What the first one added would let them in again.
    """
    factors.remove_added_since(session, user.id, user.created_at)
    identities.remove_linked_since(session, user.id, user.created_at)
    keys.end_all_of(session, user.id, by=user.id)
