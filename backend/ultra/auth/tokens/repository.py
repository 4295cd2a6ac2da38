"""Every query for one-time tokens. All times are the database's."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, exists, func, select, update
from sqlalchemy.orm import Session

from ultra.auth.tokens.models import OneTimeToken, Purpose

IS_USABLE = and_(OneTimeToken.used_at.is_(None), OneTimeToken.expires_at > func.now())


def insert(
    session: Session,
    *,
    digest: bytes,
    purpose: Purpose,
    user_id: UUID,
    email: str,
    email_key: str,
    credential_epoch: int,
    life: timedelta,
) -> None:
    session.add(
        OneTimeToken(
            digest=digest,
            purpose=purpose,
            user_id=user_id,
            email=email,
            email_key=email_key,
            credential_epoch=credential_epoch,
            expires_at=func.now() + life,
        )
    )
    session.flush()


def find_usable(
    session: Session, digest: bytes, purpose: Purpose | None = None
) -> OneTimeToken | None:
    query = select(OneTimeToken).where(OneTimeToken.digest == digest, IS_USABLE)
    return session.scalar(query.where(OneTimeToken.purpose == purpose) if purpose else query)


def use(session: Session, digest: bytes, purpose: Purpose) -> OneTimeToken | None:
    """Use a token up; None when it cannot be.

    One statement decides: of any number of callers with one token, one gets it.
    """
    return session.scalar(
        update(OneTimeToken)
        .where(OneTimeToken.digest == digest, OneTimeToken.purpose == purpose, IS_USABLE)
        .values(used_at=func.now())
        .returning(OneTimeToken)
    )


def find_asked(session: Session, undo: OneTimeToken) -> OneTimeToken | None:
    """The link by whose use the change came about that another one undoes.

    Both are of one transaction, and so of one moment.
    """
    return session.scalar(
        select(OneTimeToken).where(
            OneTimeToken.user_id == undo.user_id,
            OneTimeToken.purpose == Purpose.CHANGE_EMAIL,
            OneTimeToken.used_at == undo.created_at,
        )
    )


def void(session: Session, user_id: UUID, purpose: Purpose, *, since: datetime | None) -> None:
    """Make a person's tokens for a purpose unusable; only those made from a moment on, if given."""
    voided = update(OneTimeToken).where(
        OneTimeToken.user_id == user_id, OneTimeToken.purpose == purpose, IS_USABLE
    )
    if since:
        voided = voided.where(OneTimeToken.created_at >= since)
    session.execute(voided.values(used_at=func.now()))


def is_address_held(session: Session, email_key: str, *, besides: UUID | None) -> bool:
    """Whether somebody else may still take this address back."""
    held = exists().where(
        OneTimeToken.email_key == email_key,
        OneTimeToken.purpose == Purpose.UNDO_EMAIL,
        IS_USABLE,
    )
    if besides:
        held = held.where(OneTimeToken.user_id != besides)
    return bool(session.scalar(select(held)))


def delete_expired(session: Session, *, keep: timedelta) -> int:
    removed = session.scalars(
        delete(OneTimeToken)
        .where(OneTimeToken.expires_at < func.now() - keep)
        .returning(OneTimeToken.digest)
    )
    return len(removed.all())
