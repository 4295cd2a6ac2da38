"""The table of push devices. Where a browser is reached and its keys are encrypted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.vault import OldSeal, Owner, SealedColumn


class PushDevice(Base, HasId, HasTimes):
    __tablename__ = "push_devices"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    label: Mapped[str]
    endpoint_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of the address that the browser's push service gave: one row per browser."""
    endpoint_host: Mapped[str]
    sealed_address: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON with url, p256dh, auth, and the session by which it was registered."""
    last_used_at: Mapped[datetime | None]


ADDRESS = SealedColumn(
    PushDevice,
    "sealed_address",
    owner=Owner.PERSON,
    before=OldSeal(
        "notifications", lambda row: f"push_devices.sealed_address:{row.endpoint_digest.hex()}"
    ),
)
