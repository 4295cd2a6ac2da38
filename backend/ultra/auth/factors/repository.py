"""Every query for TOTP secrets, recovery codes and passkeys."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ultra.auth.factors.models import Passkey, RecoveryCode, TotpSecret

# --- TOTP ---


def put_totp(session: Session, user_id: UUID, sealed_secret: bytes) -> bool:
    """Keep a new secret in place of an unconfirmed one; False when one is confirmed."""
    fresh = {
        "sealed_secret": sealed_secret,
        "confirmed_at": None,
        "last_step": None,
        "created_at": func.now(),
    }
    kept = session.scalar(
        insert(TotpSecret)
        .values(user_id=user_id, **fresh)
        .on_conflict_do_update(
            index_elements=[TotpSecret.user_id],
            set_=fresh,
            where=TotpSecret.confirmed_at.is_(None),
        )
        .returning(TotpSecret.user_id)
    )
    return kept is not None


def find_totp(session: Session, user_id: UUID) -> TotpSecret | None:
    return session.scalar(select(TotpSecret).where(TotpSecret.user_id == user_id))


def accept_step(session: Session, user_id: UUID, made_at: datetime, step: int) -> bool:
    """Write down that this step's code was given; of several callers with one code, one wins.

    The first accepted code confirms the secret, which is known by the time it was made: the vault
    may seal it anew meanwhile. False also when it has been replaced.
    """
    accepted = session.scalar(
        update(TotpSecret)
        .where(
            TotpSecret.user_id == user_id,
            TotpSecret.created_at == made_at,
            or_(TotpSecret.last_step.is_(None), TotpSecret.last_step < step),
        )
        .values(last_step=step, confirmed_at=func.coalesce(TotpSecret.confirmed_at, func.now()))
        .returning(TotpSecret.user_id)
        .execution_options(synchronize_session=False)
    )
    return accepted is not None


def delete_totp(session: Session, user_id: UUID) -> bool:
    """Whether there was a confirmed one."""
    confirmed_at = session.scalars(
        delete(TotpSecret).where(TotpSecret.user_id == user_id).returning(TotpSecret.confirmed_at)
    ).one_or_none()
    return confirmed_at is not None


def totp_since(session: Session, user_id: UUID) -> datetime | None:
    """When a person's codes became valid; None without a confirmed secret."""
    return session.scalar(select(TotpSecret.confirmed_at).where(TotpSecret.user_id == user_id))


# --- Recovery codes ---


def replace_recovery_codes(session: Session, user_id: UUID, digests: Iterable[bytes]) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    session.add_all(RecoveryCode(user_id=user_id, digest=each) for each in digests)
    session.flush()


def delete_recovery_codes(
    session: Session, user_id: UUID, *, since: datetime | None = None
) -> bool:
    """Whether there were any; only those made from a moment on, if given."""
    removed = delete(RecoveryCode).where(RecoveryCode.user_id == user_id)
    if since:
        removed = removed.where(RecoveryCode.created_at >= since)
    return bool(session.scalars(removed.returning(RecoveryCode.digest)).all())


def use_recovery_code(session: Session, user_id: UUID, digest: bytes) -> bool:
    """Whether it was an unused one of this person; it is used from now on."""
    used = session.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.digest == digest,
            RecoveryCode.user_id == user_id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=func.now())
        .returning(RecoveryCode.user_id)
    )
    return used is not None


def count_recovery_codes(session: Session, user_id: UUID) -> int:
    """How many are unused."""
    count = session.scalar(
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    )
    return count or 0


# --- Passkeys ---


def insert_passkey(session: Session, **values: Any) -> Passkey | None:
    """None when its credential is registered already."""
    return session.scalar(
        insert(Passkey)
        .values(**values)
        .on_conflict_do_nothing(index_elements=[Passkey.credential_id])
        .returning(Passkey)
    )


def list_passkeys(session: Session, user_id: UUID) -> Sequence[Passkey]:
    """The oldest first."""
    return session.scalars(
        select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.created_at, Passkey.id)
    ).all()


def lock_ways_in(session: Session, user_id: UUID) -> None:
    """Until the commit no other transaction comes past this line for the same person."""
    name = f"ways in of {user_id}"
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def has_passkey(session: Session, user_id: UUID) -> bool:
    return bool(
        session.scalar(select(exists(select(Passkey.id).where(Passkey.user_id == user_id))))
    )


def find_passkey(session: Session, credential_id: bytes) -> Passkey | None:
    return session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def note_use(session: Session, passkey_id: UUID, *, sign_count: int, is_backed_up: bool) -> bool:
    """Whether it is still there."""
    used = session.scalar(
        update(Passkey)
        .where(Passkey.id == passkey_id)
        .values(sign_count=sign_count, is_backed_up=is_backed_up, last_used_at=func.now())
        .returning(Passkey.id)
    )
    return used is not None


def rename_passkey(session: Session, user_id: UUID, passkey_id: UUID, name: str) -> Passkey | None:
    return session.scalar(
        update(Passkey)
        .where(Passkey.id == passkey_id, Passkey.user_id == user_id)
        .values(name=name)
        .returning(Passkey)
    )


def delete_passkey(session: Session, passkey_id: UUID) -> None:
    session.execute(delete(Passkey).where(Passkey.id == passkey_id))
