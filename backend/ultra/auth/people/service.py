"""The rules of looking after people: closing an account and opening it again, ending sessions.

Each is safe to repeat: what is so already is left so, and neither written down nor mailed again.
Whoever sits at the machine may do the same by the command line, as nobody in particular: an actor
of None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth.accounts import recovery
from ultra.auth.audit import service as audit
from ultra.auth.factors import service as factors
from ultra.auth.factors import ways_in
from ultra.auth.keys import service as keys
from ultra.auth.letters import service as letters
from ultra.auth.letters.kinds import LetterKind
from ultra.auth.people import repository
from ultra.auth.people.errors import LastOperator, OwnAccount, PersonClosed, PersonNotFound
from ultra.auth.people.repository import Person
from ultra.auth.sessions import service as sessions
from ultra.auth.sessions.models import EndReason
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.workspaces import repository as workspaces
from ultra.kit.access import Actor
from ultra.kit.clock import now
from ultra.kit.errors import Forbidden
from ultra.kit.paging import Cursor
from ultra.kit.tasks.schedules import skip_missed

ONE_LETTER = timedelta(minutes=1)
"""Asked for again within this time, the letter to a new password is the one that is under way."""


@dataclass(frozen=True)
class FactorsReset:
    """What a person has lost, and whether they needed a letter to have any way in left."""

    removed: Sequence[str]
    is_letter_sent: bool


def page(
    session: Session,
    *,
    text: str | None = None,
    is_disabled: bool | None = None,
    after: Cursor | None = None,
    limit: int,
) -> Sequence[Person]:
    return repository.page(session, text=text, is_disabled=is_disabled, after=after, limit=limit)


def get(session: Session, user_id: UUID) -> Person:
    """Raises PersonNotFound."""
    found = repository.find(session, user_id)
    if found is None:
        raise PersonNotFound
    return found


def find_by_email(session: Session, email: str) -> Person:
    """Raises PersonNotFound."""
    user = users.find_by_email(session, email)
    if user is None:
        raise PersonNotFound
    return get(session, user.id)


def close(session: Session, actor: Actor | None, user_id: UUID, reason: str) -> Person:
    """Let somebody in no more: their sessions and API keys end at once. Nothing is deleted.

    What their workspaces have planned goes on where anybody else can look after it; elsewhere
    schedules and incoming webhooks stand still (they ask whether it lives).

    Raises PersonNotFound, OwnAccount, LastOperator.
    """
    operators = _lock_operators(session, actor)
    user = _get_user(session, user_id)
    if actor and actor.user_id == user_id:
        raise OwnAccount
    if operators == [user_id]:
        raise LastOperator
    if repository.close(session, user_id, reason):
        ended = keys.end_all_of(session, user_id)
        letters.send_news(
            session, LetterKind.ACCOUNT_CLOSED, user_id, at=now().isoformat(), reason=reason
        )
        _record(session, "person.disabled", user, reason=reason, keys=ended)
    # Also of an account that was closed before: Redis may have been away when it was.
    sessions.end_all(session, user_id, EndReason.ACCOUNT_CLOSED)
    return get(session, user_id)


def open_again(session: Session, actor: Actor | None, user_id: UUID) -> Person:
    """Let somebody in again. Ended keys stay ended; schedules that stood still go on from now.

    Raises PersonNotFound.
    """
    _lock_operators(session, actor)
    user = _get_user(session, user_id)
    resting = workspaces.list_abandoned_of(session, user_id)
    if repository.open_again(session, user_id):
        for workspace_id in resting:
            skip_missed(session, workspace_id)
        letters.send_news(session, LetterKind.ACCOUNT_OPENED, user_id, at=now().isoformat())
        _record(session, "person.enabled", user)
    return get(session, user_id)


def set_operator(session: Session, user_id: UUID, *, is_operator: bool) -> Person:
    """Say who looks after the installation. Only whoever sits at the machine may say so.

    Raises PersonNotFound, PersonClosed, LastOperator.
    """
    operators = _lock_operators(session, None)
    user = _get_user(session, user_id)
    if is_operator and user.disabled_at:
        raise PersonClosed
    if not is_operator and operators == [user_id]:
        raise LastOperator
    if repository.set_operator(session, user_id, is_operator=is_operator):
        sessions.apply_changes_of(session, user_id)
        _record(session, "person.operator_changed", user, is_operator=is_operator)
    return get(session, user_id)


def end_sessions(session: Session, actor: Actor | None, user_id: UUID) -> Person:
    """Sign somebody out everywhere. Raises PersonNotFound."""
    _lock_operators(session, actor)
    user = _get_user(session, user_id)
    if ended := sessions.end_all(session, user_id, EndReason.ENDED_BY_OPERATOR):
        _record(session, "person.sessions_ended", user, sessions=ended)
    return get(session, user_id)


def send_reset_letter(session: Session, actor: Actor | None, user_id: UUID) -> None:
    """Mail somebody the link to a new password. Raises PersonNotFound, PersonClosed."""
    _lock_operators(session, actor)
    user = _get_user(session, user_id)
    if user.disabled_at:
        raise PersonClosed
    if not repository.was_letter_sent(session, user_id, ONE_LETTER):
        recovery.send_link(session, user)
        _record(session, "person.reset_letter_sent", user)


def reset_factors(session: Session, actor: Actor | None, user_id: UUID) -> FactorsReset:
    """For somebody who has lost every second factor: a first one alone lets them in again.

    They are told by mail, as of each factor that is removed. Whoever came by a passkey alone gets
    the letter to a password. Raises PersonNotFound.
    """
    _lock_operators(session, actor)
    user = _get_user(session, user_id)
    removed = factors.ways(session, user_id)
    if not removed:
        return FactorsReset([], is_letter_sent=False)
    factors.remove_added_since(session, user_id, user.created_at)
    needs_letter = ways_in.count(session, user_id) == 0 and user.disabled_at is None
    if needs_letter:
        recovery.send_link(session, user)
    _record(session, "person.factors_reset", user, factors=removed)
    return FactorsReset(removed, needs_letter)


def _lock_operators(session: Session, actor: Actor | None) -> list[UUID]:
    """Who is an operator at this very moment: two who close each other wait for each other.

    Raises Forbidden when the caller is none any more.
    """
    operators = repository.lock_operators(session)
    if actor and actor.user_id not in operators:
        raise Forbidden
    return operators


def _get_user(session: Session, user_id: UUID) -> User:
    user = users.find(session, user_id)
    if user is None:
        raise PersonNotFound
    return user


def _record(session: Session, action: str, user: User, **facts: object) -> None:
    audit.record(
        session,
        action,
        of_installation=True,
        object_type="user",
        object_id=user.id,
        facts={"email": user.email, **facts},
    )
