"""The rules of sessions: opening, refreshing, recognising and ending them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from redis.exceptions import RedisError
from sqlalchemy import and_
from sqlalchemy.orm import Session

from ultra.auth.audit import service as audit
from ultra.auth.events import CameInAfterRefusals, NewDevice, SessionReused
from ultra.auth.sessions import (
    access_tokens,
    known_devices,
    records,
    refresh_tokens,
    refused_tries,
    repository,
)
from ultra.auth.sessions.devices import name_device
from ultra.auth.sessions.errors import SessionEnded
from ultra.auth.sessions.models import EndReason, SignInSession
from ultra.auth.sessions.records import Record
from ultra.auth.users import service as users
from ultra.auth.users.models import User
from ultra.auth.workspaces import service as workspaces
from ultra.kit import limits, live
from ultra.kit.access import Actor, Scope, SecondFactorRequired
from ultra.kit.clock import now
from ultra.kit.crypto import digest
from ultra.kit.db import after_commit, read_only, transaction
from ultra.kit.errors import AppError, Language, NotFound, NotSignedIn, Unavailable
from ultra.kit.events import announce
from ultra.kit.log import get_logger
from ultra.kit.paging import Cursor
from ultra.kit.roles import scopes_of
from ultra.kit.tasks.queue import enqueue
from ultra.settings import settings

log = get_logger()

UNKNOWN_DEVICE: dict[Language, str] = {"tr": "Bilinmeyen cihaz", "en": "Unknown device"}
KEEP_ENDED = timedelta(days=7)
"""How long an ended session stays in the table, for whoever must find out what happened."""


@dataclass(frozen=True)
class Device:
    """From where somebody signs in."""

    user_agent: str
    ip: str
    mark: str | None = field(default=None, repr=False)
    """Its cookie, by which it may be known (see known_devices)."""
    former: str | None = field(default=None, repr=False)
    """The refresh token that it holds already: that session ends where a new one begins."""


@dataclass(frozen=True)
class Described:
    """A session's device, as its owner may know it."""

    name: str
    ip: str


@dataclass(frozen=True)
class Opened:
    """A living session and the refresh token that continues it."""

    session_id: UUID
    user_id: UUID
    workspace_id: UUID
    refresh_token: str


def open_session(
    session: Session,
    user_id: UUID,
    workspace_id: UUID,
    device: Device,
    *,
    methods: Sequence[str],
    epoch: int,
) -> Opened:
    """Sign somebody in who has proved who they are, by these methods (see SignInSession).

    `epoch` is the credential epoch of that proof: what was reset meanwhile lets nobody in, and what
    is reset from here on waits, and then finds this session and ends it. The session that this
    browser had ends, so that no token known before leads into the new one.

    Raises AccountDisabled, AccountChanged.
    """
    users.refuse_changed(session, user_id, epoch)
    if device.former:
        _end_former(session, device.former)
    is_known = known_devices.is_known(device.mark, user_id)
    # The first time of all is no news.
    is_news = not is_known and was_ever_opened(session, users.get(session, user_id))
    opened = repository.insert(
        session,
        user_id=user_id,
        workspace_id=workspace_id,
        user_agent=device.user_agent,
        ip=device.ip,
        methods=methods,
        idle=_idle(),
        absolute=timedelta(days=settings.auth.refresh_absolute_days),
    )
    if surplus := repository.list_surplus_ids(session, user_id, settings.auth.max_sessions):
        _retire(session, surplus, EndReason.TOO_MANY)
    audit.record(
        session,
        "session.opened",
        workspace_id=workspace_id,
        user_id=user_id,
        object_type="session",
        object_id=opened.id,
        facts={"methods": list(methods)},
    )
    if is_news:
        announce(session, NewDevice(user_id, opened.id, now()))
    if tries := refused_tries.find(user_id):
        announce(session, CameInAfterRefusals(user_id, tries.count, tries.since, now()))
    after_commit(session, lambda: refused_tries.forget(user_id))
    return _go_on(session, opened, refresh_tokens.issue_first(session, opened.id))


def refresh(session: Session, refresh_token: str) -> Opened | None:
    """Continue a session; None when it cannot be, which the caller commits and answers with 401.

    Not an exception: that a stolen token ended the session must be committed. Raises TooMany.
    """
    outcome = refresh_tokens.rotate(session, refresh_token)
    if outcome is None:
        return None
    if isinstance(outcome, refresh_tokens.Stolen):
        if robbed := repository.find_living(session, outcome.session_id):
            log.warning("session.refresh_token_reused", session_id=str(outcome.session_id))
            announce(session, SessionReused(robbed.user_id, robbed.id, now()))
            audit.record(
                session,
                "session.token_reused",
                workspace_id=robbed.workspace_id,
                user_id=robbed.user_id,
                object_type="session",
                object_id=robbed.id,
            )
        _end(session, [outcome.session_id], EndReason.TOKEN_REUSED)
        return None
    if outcome.is_step:
        # A refusal rolls the step back, so the token can be used later. While Redis is away nobody
        # counts: it must sign nobody out.
        with suppress(Unavailable):
            limits.check("refresh", str(outcome.session_id))
    living = repository.extend(session, outcome.session_id, _idle())
    return _go_on(session, living, outcome.token) if living else None


def identify(access_token: str) -> Actor:
    """Who is calling. Raises NotSignedIn, or SessionEnded for a token of an ended session.

    On every request's way: a signature to verify and one round trip to Redis.
    """
    claims = access_tokens.verify(access_token)
    record = _get_record(claims.session_id)
    if record.user_id != claims.user_id:
        raise NotSignedIn
    scopes = scopes_of(record.role)
    return Actor(
        claims.user_id,
        record.workspace_id,
        claims.session_id,
        scopes | {Scope.OPERATE} if record.is_operator else scopes,
        record.authenticated_at,
        lacks_second_factor=record.lacks_second_factor,
    )


def check_session(session_id: UUID) -> UUID:
    """The workspace that a session is in. Raises SessionEnded when it lives no more.

    SecondFactorRequired when its person is kept out of that workspace.
    """
    record = _get_record(session_id)
    if record.lacks_second_factor:
        raise SecondFactorRequired
    return record.workspace_id


def lives(session: Session, session_id: UUID) -> bool:
    """Whether the session is still open, by the database alone: for what nobody waits for."""
    return repository.find_living(session, session_id) is not None


def list_sessions(
    session: Session, actor: Actor, *, after: Cursor | None, limit: int
) -> Sequence[SignInSession]:
    return repository.list_living(session, actor.user_id, after=after, limit=limit)


def end_one(session: Session, actor: Actor, session_id: UUID) -> None:
    """Raises NotFound for a session that is not one's own, or ended some time ago.

    One that ended a moment ago is ended again: Redis may have been away, and its caller was told to
    come back.
    """
    living = repository.find_living(session, session_id)
    is_open = living is not None and living.user_id == actor.user_id
    just_ended = repository.list_just_ended(session, actor.user_id, records.marked_for())
    if not is_open and session_id not in just_ended:
        raise NotFound
    is_own = session_id == actor.own_session_id
    _end(session, [session_id], EndReason.LOGGED_OUT if is_own else EndReason.ENDED_BY_OWNER)


def end_others(
    session: Session, actor: Actor, reason: EndReason = EndReason.ENDED_BY_OWNER
) -> None:
    """End all of a person's sessions but the present one."""
    others = and_(SignInSession.user_id == actor.user_id, SignInSession.id != actor.own_session_id)
    ended = repository.end(session, reason, others)
    _note_ended(session, ended, reason)
    _refuse_tokens(session, actor.user_id, ended)


def end_all(session: Session, user_id: UUID, reason: EndReason) -> int:
    """End all of a person's sessions, whoever asks; how many there were."""
    ended = repository.end(session, reason, SignInSession.user_id == user_id)
    _note_ended(session, ended, reason)
    _refuse_tokens(session, user_id, ended)
    return len(ended)


def was_ever_opened(session: Session, user: User) -> bool:
    """Whether anybody has ever been in this account; yes when nothing is left that could tell."""
    is_remembered = user.created_at > now() - KEEP_ENDED
    return not is_remembered or repository.had_any(session, user.id)


def describe(session: Session, session_id: UUID, language: Language) -> Described:
    """The device of a session, also of one that has ended. Raises NotFound."""
    found = repository.find(session, session_id)
    if found is None:
        raise NotFound
    return Described(name_of(found, language), found.ip)


def name_of(found: SignInSession, language: Language) -> str:
    """What the device of a session is called."""
    return name_device(found.user_agent) or UNKNOWN_DEVICE[language]


def note_proof(session: Session, actor: Actor, method: str) -> None:
    """The person has proved again who they are, which sensitive things ask for."""
    repository.note_proof(session, actor.own_session_id, method)
    audit.record(session, "session.proved_again", facts={"method": method})
    apply_changes(session, [actor.own_session_id])


@contextmanager
def noting_failed_proof(method: str, *failures: type[AppError]) -> Iterator[None]:
    """Write down that whoever has this session could not prove again who they are.

    In a transaction of its own, for theirs is undone; so the block must not be within one.
    """
    try:
        yield
    except failures:
        with transaction() as session:
            facts = {"method": method}
            audit.record(session, "session.not_proved", outcome="refused", facts=facts)
        raise


def note_refusal(user_id: UUID | None, method: str) -> None:
    """Somebody could not prove who they are; in a transaction of its own, for theirs is undone.

    Also for nobody in particular: what is written must not take a different time.
    """
    with transaction() as session:
        audit.record(
            session,
            "session.refused",
            user_id=user_id,
            outcome="refused",
            facts={"method": method},
        )
    refused_tries.note(user_id)


def move(session: Session, actor: Actor, workspace_id: UUID) -> None:
    """Go on in another workspace of this person; the caller knows that they belong to it."""
    repository.move(session, SignInSession.id == actor.own_session_id, workspace_id)
    apply_changes(session, [actor.own_session_id])


def move_out(session: Session, user_id: UUID, old: UUID, new: UUID) -> None:
    """Take a person's sessions out of a workspace that they belong to no more."""
    which = and_(SignInSession.user_id == user_id, SignInSession.workspace_id == old)
    apply_changes(session, repository.move(session, which, new))
    live.tell(session, [user_id], "me.changed", {}, workspace_id=None)


def apply_changes_of(session: Session, user_id: UUID) -> None:
    """What this person may do has changed: their next request already keeps to it."""
    apply_changes(session, repository.list_living_ids(session, user_id))
    live.tell(session, [user_id], "me.changed", {}, workspace_id=None)


def apply_changes(session: Session, session_ids: Sequence[UUID]) -> None:
    ids = list(session_ids)
    if not ids:
        return

    def at_once() -> None:
        with suppress(RedisError):
            records.mark_changed(ids)

    after_commit(session, at_once)
    _tell_surely(session, ids)


def log_out(session: Session, *, refresh_token: str | None, access_token: str | None) -> None:
    """End the session that either token belongs to; without one there is nothing to do."""
    session_id = None
    if refresh_token:
        session_id = repository.find_session_id_of_token(session, digest(refresh_token))
    if session_id is None and access_token:
        try:
            session_id = access_tokens.verify(access_token).session_id
        except NotSignedIn:
            return
    if session_id:
        _end(session, [session_id], EndReason.LOGGED_OUT)


def remove_expired(session: Session) -> int:
    removed = repository.delete_expired(
        session,
        keep_ended=KEEP_ENDED,
        keep_tokens=_idle(),
        grace=timedelta(seconds=settings.auth.reuse_grace_seconds),
    )
    users.remember_seen(session, dict(sorted(removed, key=lambda each: each[1])))
    return len(removed)


def _go_on(session: Session, living: SignInSession, refresh_token: str) -> Opened:
    _keep_after_commit(session, living)
    return Opened(living.id, living.user_id, living.workspace_id, refresh_token)


def _end_former(session: Session, refresh_token: str) -> None:
    former = repository.find_session_id_of_token(session, digest(refresh_token))
    if former:
        _retire(session, [former], EndReason.REPLACED)


def _retire(session: Session, session_ids: list[UUID], reason: EndReason) -> None:
    """End sessions that make room for another.

    Nobody asked for it, so nobody is refused for it while Redis is away: their access tokens work
    on for minutes then.
    """
    ended = repository.end(session, reason, SignInSession.id.in_(session_ids))
    _note_ended(session, ended, reason)

    def mark() -> None:
        with suppress(Unavailable):
            records.mark_ended(ended)

    if ended:
        after_commit(session, mark)


def _end(session: Session, session_ids: list[UUID], reason: EndReason) -> None:
    ended = repository.end(session, reason, SignInSession.id.in_(session_ids))
    _note_ended(session, ended, reason)
    # Marked even if it had ended before: the mark of the first attempt may have failed.
    after_commit(session, lambda: records.mark_ended(session_ids))
    _tell_surely(session, ended)


def _refuse_tokens(session: Session, user_id: UUID, ended: Sequence[UUID]) -> None:
    """Let the access tokens of sessions that have just ended be refused from the commit on.

    Also of those that ended a moment ago: Redis may have been away when they did.
    """
    known = repository.list_just_ended(session, user_id, records.marked_for())
    if known:
        after_commit(session, lambda: records.mark_ended(known))
    _tell_surely(session, ended)


def _tell_surely(session: Session, session_ids: Sequence[UUID]) -> None:
    """Should Redis be away after the commit, a job tells it when it is back."""
    if session_ids:
        enqueue(session, "auth.apply_session_changes", [str(each) for each in session_ids])


def _note_ended(session: Session, session_ids: Sequence[UUID], reason: EndReason) -> None:
    for session_id in session_ids:
        ended = repository.find(session, session_id)
        if ended:
            audit.record(
                session,
                "session.ended",
                workspace_id=ended.workspace_id,
                user_id=ended.user_id,
                object_type="session",
                object_id=ended.id,
                facts={"reason": reason},
            )


def _get_record(session_id: UUID) -> Record:
    glance = records.look(session_id)
    if glance.is_seen_due:
        with transaction() as session:
            repository.touch(session, session_id)
    return glance.record or _rebuild_record(session_id)


def _rebuild_record(session_id: UUID) -> Record:
    with read_only() as session:
        living = repository.find_living(session, session_id)
        if living is None:
            raise SessionEnded
        record = _record_of(session, living)
    records.keep(session_id, record, longest=living.expires_at - now())
    return record


def _keep_after_commit(session: Session, living: SignInSession) -> None:
    record = _record_of(session, living)
    longest = living.expires_at - now()
    after_commit(session, lambda: records.keep(living.id, record, longest=longest))


def _record_of(session: Session, living: SignInSession) -> Record:
    person = users.get(session, living.user_id)
    standing = workspaces.standing_in(session, living.user_id, living.workspace_id)
    if standing is None or person.disabled_at:
        # Whoever removes somebody from a workspace moves their sessions out of it first.
        raise SessionEnded
    return Record(
        living.user_id,
        living.workspace_id,
        standing.role,
        person.is_operator,
        living.authenticated_at,
        standing.lacks_second_factor,
    )


def _idle() -> timedelta:
    return timedelta(days=settings.auth.refresh_idle_days)
