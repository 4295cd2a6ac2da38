"""Every query for sessions, refresh tokens and signing keys. All times are the database's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session, aliased

from ultra.auth.sessions.models import EndReason, RefreshToken, SigningKey, SignInSession
from ultra.kit.ids import new_id
from ultra.kit.paging import Cursor, newest_first

SIGNING_KEYS_LOCK = 7_166_451_904
"""Any number, as long as nothing else in this database uses it."""

IS_ALIVE = and_(SignInSession.ended_at.is_(None), SignInSession.expires_at > func.now())


def insert(
    session: Session,
    *,
    user_id: UUID,
    workspace_id: UUID,
    user_agent: str,
    ip: str,
    methods: Sequence[str],
    idle: timedelta,
    absolute: timedelta,
) -> SignInSession:
    opened = SignInSession(
        id=new_id(),
        user_id=user_id,
        workspace_id=workspace_id,
        user_agent=user_agent,
        ip=ip,
        methods=list(methods),
        expires_at=func.now() + min(idle, absolute),
        absolute_expires_at=func.now() + absolute,
    )
    session.add(opened)
    session.flush()
    session.refresh(opened)
    return opened


def find_living(session: Session, session_id: UUID) -> SignInSession | None:
    return session.scalar(select(SignInSession).where(SignInSession.id == session_id, IS_ALIVE))


def find(session: Session, session_id: UUID) -> SignInSession | None:
    """Also one that has ended."""
    return session.get(SignInSession, session_id)


def had_any(session: Session, user_id: UUID, *, besides: UUID | None = None) -> bool:
    """Whether the person was ever signed in before, as far as the table remembers."""
    return bool(
        session.scalar(
            select(exists().where(SignInSession.user_id == user_id, SignInSession.id != besides))
        )
    )


def list_surplus_ids(session: Session, user_id: UUID, most: int) -> list[UUID]:
    """The oldest living sessions beyond the most that there may be."""
    return list(
        session.scalars(
            select(SignInSession.id)
            .where(SignInSession.user_id == user_id, IS_ALIVE)
            .order_by(SignInSession.created_at.desc(), SignInSession.id.desc())
            .offset(most)
        )
    )


def list_living(
    session: Session, user_id: UUID, *, after: Cursor | None, limit: int
) -> Sequence[SignInSession]:
    """A person's living sessions, the newest first, after a cursor."""
    query = select(SignInSession).where(SignInSession.user_id == user_id, IS_ALIVE)
    query = newest_first(
        query, SignInSession.created_at, SignInSession.id, after=after, limit=limit
    )
    return session.scalars(query).all()


def extend(session: Session, session_id: UUID, idle: timedelta) -> SignInSession | None:
    """Let a living session live on; None when it has ended. The row stays locked until commit."""
    return session.scalar(
        update(SignInSession)
        .where(SignInSession.id == session_id, IS_ALIVE)
        .values(
            expires_at=func.least(func.now() + idle, SignInSession.absolute_expires_at),
            last_seen_at=func.now(),
        )
        .returning(SignInSession)
    )


def touch(session: Session, session_id: UUID) -> None:
    session.execute(
        update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=func.now())
    )


def list_just_ended(session: Session, user_id: UUID, age: timedelta) -> list[UUID]:
    """Sessions of a person whose access tokens may not have run out yet."""
    return list(
        session.scalars(
            select(SignInSession.id).where(
                SignInSession.user_id == user_id, SignInSession.ended_at >= func.now() - age
            )
        )
    )


def list_living_ids(session: Session, user_id: UUID) -> list[UUID]:
    return list(
        session.scalars(select(SignInSession.id).where(SignInSession.user_id == user_id, IS_ALIVE))
    )


def note_proof(session: Session, session_id: UUID, method: str) -> None:
    """Write down that its person has proved again who they are."""
    added = SignInSession.methods.op("||")(func.to_jsonb(cast(method, String)))
    known = SignInSession.methods.op("?")(cast(method, String))
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id)
        .values(
            authenticated_at=func.now(),
            methods=case((known, SignInSession.methods), else_=added),
        )
    )


def move(session: Session, which: ColumnElement[bool], workspace_id: UUID) -> list[UUID]:
    """Let living sessions go on in another workspace; which ones those were."""
    return list(
        session.scalars(
            update(SignInSession)
            .where(which, IS_ALIVE)
            .values(workspace_id=workspace_id)
            .returning(SignInSession.id)
        )
    )


def end(session: Session, reason: EndReason, which: ColumnElement[bool]) -> list[UUID]:
    """End the living sessions that fit; their ids."""
    return list(
        session.scalars(
            update(SignInSession)
            .where(which, IS_ALIVE)
            .values(ended_at=func.now(), end_reason=reason)
            .returning(SignInSession.id)
        )
    )


def insert_token(session: Session, session_id: UUID, digest: bytes, generation: int) -> None:
    session.add(RefreshToken(digest=digest, session_id=session_id, generation=generation))
    session.flush()


def rotate_token(
    session: Session, digest: bytes, *, successor_digest: bytes, sealed_successor: bytes
) -> UUID | None:
    """Step from an unused token to its successor; None for a token that is used or unknown.

    One statement decides: of any number of callers with one token, one gets the session's id.
    """
    won = session.execute(
        update(RefreshToken)
        .where(RefreshToken.digest == digest, RefreshToken.rotated_at.is_(None))
        .values(
            rotated_at=func.now(),
            successor_digest=successor_digest,
            sealed_successor=sealed_successor,
        )
        .returning(RefreshToken.session_id, RefreshToken.generation)
    ).one_or_none()
    if won is None:
        return None
    session_id: UUID = won.session_id
    insert_token(session, session_id, successor_digest, won.generation + 1)
    return session_id


@dataclass(frozen=True)
class UsedToken:
    session_id: UUID
    sealed_successor: bytes | None
    is_recent: bool
    is_successor_unused: bool


def find_used_token(session: Session, digest: bytes, grace: timedelta) -> UsedToken | None:
    successor = aliased(RefreshToken)
    row = session.execute(
        select(
            RefreshToken.session_id,
            RefreshToken.sealed_successor,
            (RefreshToken.rotated_at >= func.now() - grace).label("is_recent"),
            exists()
            .where(
                successor.digest == RefreshToken.successor_digest, successor.rotated_at.is_(None)
            )
            .label("is_successor_unused"),
        ).where(RefreshToken.digest == digest, RefreshToken.rotated_at.is_not(None))
    ).one_or_none()
    return UsedToken(*row) if row else None


def find_session_id_of_token(session: Session, digest: bytes) -> UUID | None:
    return session.scalar(select(RefreshToken.session_id).where(RefreshToken.digest == digest))


def delete_expired(
    session: Session, *, keep_ended: timedelta, keep_tokens: timedelta, grace: timedelta
) -> list[tuple[UUID, datetime]]:
    """Remove what can be of no use any more; whose sessions that were, and when last seen."""
    session.execute(
        update(RefreshToken)
        .where(
            RefreshToken.sealed_successor.is_not(None), RefreshToken.rotated_at < func.now() - grace
        )
        .values(sealed_successor=None)
    )
    session.execute(
        delete(RefreshToken).where(
            RefreshToken.rotated_at.is_not(None), RefreshToken.issued_at < func.now() - keep_tokens
        )
    )
    removed = session.execute(
        delete(SignInSession)
        .where(
            or_(
                SignInSession.expires_at < func.now() - keep_ended,
                SignInSession.ended_at < func.now() - keep_ended,
            )
        )
        .returning(SignInSession.user_id, SignInSession.last_seen_at)
    )
    return [(user_id, seen_at) for user_id, seen_at in removed]


def lock_signing_keys(session: Session) -> None:
    """Hold off other processes that are about to make a key, until the commit."""
    session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": SIGNING_KEYS_LOCK})


def list_signing_keys(session: Session) -> Sequence[SigningKey]:
    """The newest first."""
    return session.scalars(
        select(SigningKey).order_by(SigningKey.created_at.desc(), SigningKey.kid)
    ).all()


def add_signing_key(session: Session, key: SigningKey) -> None:
    session.add(key)
    session.flush()
