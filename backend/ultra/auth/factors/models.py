"""TOTP secrets, recovery codes and passkeys."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.vault import OldSeal, Owner, SealedColumn


class TotpSecret(Base, HasTimes):
    __tablename__ = "totp_secrets"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime | None]
    """It counts only once its owner has typed one valid code."""
    last_step: Mapped[int | None] = mapped_column(BigInteger)
    """The newest time step whose code was accepted: no code of it or of one before counts again."""


TOTP_SECRET = SealedColumn(
    TotpSecret,
    "sealed_secret",
    owner=Owner.PERSON,
    before=OldSeal("totp secret", lambda row: f"totp_secrets.sealed_secret:{row.user_id}"),
)


class RecoveryCode(Base, HasTimes):
    __tablename__ = "recovery_codes"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """SHA-256, which is enough for 140 random bits; the code itself is nowhere."""
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None]


class Passkey(Base, HasId, HasTimes):
    __tablename__ = "passkeys"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    """As the authenticator gave it (COSE)."""
    name: Mapped[str]
    aaguid: Mapped[UUID]
    """Which make of authenticator it is; all zeros when it does not say."""
    transports: Mapped[list[Any]]
    """How browsers reach it: usb, nfc, ble, hybrid, internal."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    is_backup_eligible: Mapped[bool]
    """Whether it may be synchronised to other devices of its owner."""
    is_backed_up: Mapped[bool]
    last_used_at: Mapped[datetime | None]
