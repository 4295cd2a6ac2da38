"""Opening an account, with a workspace of one's own."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.accounts import recovery, repository, verification
from ultra.auth.audit import service as audit
from ultra.auth.letters import service as letters
from ultra.auth.letters.kinds import LetterKind
from ultra.auth.tokens import service as tokens
from ultra.auth.users import service as users
from ultra.auth.users.errors import EmailTaken
from ultra.auth.users.models import User
from ultra.auth.users.preferences import Locale
from ultra.auth.workspaces import service as workspaces
from ultra.auth.workspaces.models import Workspace
from ultra.kit import limits
from ultra.kit.tasks import Priority, enqueue

OPEN = "auth.open_account"
KEEP = timedelta(days=1)


def open_account(
    session: Session, *, email: str, name: str, locale: Locale, password_hash: str
) -> tuple[User, Workspace]:
    """Raises EmailTaken, also for an address that its former owner may still take back."""
    if tokens.is_address_held(session, users.key_of(email)):
        raise EmailTaken
    user = users.create(session, email=email, name=name, locale=locale, password_hash=password_hash)
    workspace = workspaces.create_for(session, user.id, user.name)
    verification.send(session, user)
    audit.record(session, "account.opened", workspace_id=workspace.id, user_id=user.id)
    return user, workspace


def ask(session: Session, *, email: str, name: str, locale: Locale, password_hash: str) -> None:
    """Open an account that waits for its address; what becomes of it is said by mail alone.

    A job does it: whether anybody has the address must not show in the time of the answer either.
    """
    waiting = repository.insert(
        session, email=email, name=name, locale=locale, password_hash=password_hash
    )
    enqueue(session, OPEN, waiting.id, priority=Priority.HIGH)


def take(session: Session, registration_id: UUID) -> None:
    """Do what was asked for; once, however often the job runs."""
    waiting = repository.take_out(session, registration_id)
    if waiting is None:
        return
    may_write = limits.count("verification", users.key_of(waiting.email)).is_within
    try:
        with session.begin_nested():
            open_account(
                session,
                email=waiting.email,
                name=waiting.name,
                locale=waiting.locale,
                password_hash=waiting.password_hash,
            )
    except EmailTaken:
        known = users.find_by_email(session, waiting.email)
        if known and not known.disabled_at:
            _answer(session, known.id, may_write=may_write)


def remove_old(session: Session) -> None:
    """Those whose job was given up."""
    repository.delete_old(session, KEEP)


def _answer(session: Session, user_id: UUID, *, may_write: bool) -> None:
    """Whoever has an account is told so; one that nobody verified is opened by the mail alone.

    Two have asked for it, and nobody knows which of them reads the mail. So neither one's password
    counts: whoever follows the link chooses it. This happens once to an account, and its letter
    goes out whatever was mailed before; else nobody could come in.
    """
    user = users.lock(session, user_id)
    if user.is_email_verified:
        if may_write:
            letters.send_news(session, LetterKind.ALREADY_REGISTERED, user.id)
        return
    is_dropped = users.drop_password(session, user.id)
    if is_dropped:
        session.refresh(user)
        audit.record(session, "password.dropped", user_id=user.id)
    if is_dropped or may_write:
        recovery.send_link(session, user, LetterKind.FINISH_REGISTRATION)
