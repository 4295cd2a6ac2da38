"""Tables of hooks and of the calls they got."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.jobs.hooks.kinds import CallStatus, SignatureKind
from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.vault import OldSeal, SealedColumn


class Hook(Base, HasId, HasTimes):
    __tablename__ = "hooks"
    __table_args__ = (Index("ix_hooks_list", "workspace_id", "created_at", "id"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    name: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    """The end of its address. What proves a caller is the secret, not the address."""
    signature: Mapped[SignatureKind]
    sealed_secret: Mapped[bytes]
    sealed_old_secret: Mapped[bytes | None]
    old_secret_until: Mapped[datetime | None]
    """Until then the secret before the last rotation is believed too."""
    offer: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    """Field of the offer's input → {"from": pointer into the body} or {"value": text}."""
    is_enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    last_called_at: Mapped[datetime | None]
    calls_ok: Mapped[int] = mapped_column(server_default="0")
    calls_refused: Mapped[int] = mapped_column(server_default="0")


_before = OldSeal("hooks", lambda row: f"hooks.secret:{row.id}")
SECRET = SealedColumn(Hook, "sealed_secret", before=_before)
OLD_SECRET = SealedColumn(Hook, "sealed_old_secret", before=_before)


class HookCall(Base, HasId, HasTimes):
    __tablename__ = "hook_calls"
    __table_args__ = (
        Index("ix_hook_calls_list", "hook_id", "created_at", "id"),
        Index("ix_hook_calls_created_at", "created_at"),
        # What makes a hook safe to call twice.
        Index(
            "uq_hook_calls_external_id",
            "hook_id",
            "external_id",
            unique=True,
            postgresql_where=text("status = 'accepted'"),
        ),
        Index(
            "uq_hook_calls_body_digest",
            "hook_id",
            "body_digest",
            unique=True,
            postgresql_where=text("status = 'accepted'"),
        ),
        # Calls come from outside; a request only reads those of its hooks (see kit.walls).
        {
            "info": {
                "wall": "exists (select from hooks where hooks.id = hook_calls.hook_id)",
                "rights": "select",
            }
        },
    )

    hook_id: Mapped[UUID] = mapped_column(ForeignKey("hooks.id", ondelete="CASCADE"))
    status: Mapped[CallStatus]
    external_id: Mapped[str | None]
    """The caller's own id of what it tells."""
    body_digest: Mapped[bytes | None]
    """Set where neither id nor time is signed: there the body is what tells a repetition."""
    code: Mapped[str | None]
    reason: Mapped[dict[str, Any] | None]
    """Why it was refused, in each language."""
    job_id: Mapped[UUID | None]
