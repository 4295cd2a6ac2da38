"""The audit log and the ends of its chains.

Without foreign keys: what happened stays written down when the person or the workspace is gone. A
trigger refuses every change of an entry, and every removal but that of the retention time.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.auth.audit.outcomes import Outcome
from ultra.kit.db import Base, HasId

INSTALLATION = UUID(int=0)
"""The chain of what happened outside of every workspace, such as a refused sign-in."""


class Entry(Base, HasId):
    __tablename__ = "audit_log"
    __table_args__ = (
        Index("uq_audit_log_position", "chain", "position", unique=True),
        Index("ix_audit_log_list", "chain", text("at desc"), text("id desc")),
        Index("ix_audit_log_at", "at"),
        # Whoever writes does so as the product itself (see the repository).
        {"info": {"wall": "workspace_id = {workspace}", "rights": "select"}},
    )

    chain: Mapped[UUID]
    """The workspace, or INSTALLATION."""
    workspace_id: Mapped[UUID | None]
    position: Mapped[int] = mapped_column(BigInteger)
    """Counts from 1 in each chain, without a gap."""
    at: Mapped[datetime]
    user_id: Mapped[UUID | None]
    """Who did it; None for the product itself, or for somebody unknown."""
    key_id: Mapped[UUID | None]
    """The API key by which they did it."""
    action: Mapped[str]
    object_type: Mapped[str | None]
    object_id: Mapped[str | None]
    outcome: Mapped[Outcome]
    ip: Mapped[str | None]
    user_agent: Mapped[str | None]
    request_id: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class Chain(Base):
    """The two ends of a chain; its row is locked while the chain grows."""

    __tablename__ = "audit_chains"
    __table_args__ = {"info": {"wall": "id = {workspace}", "rights": "select"}}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    """Of the newest entry: nothing can be cut off behind it unnoticed."""
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    removed_position: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Of the newest entry that the retention time removed; verifying begins behind it."""
    removed_hash: Mapped[bytes] = mapped_column(LargeBinary, server_default=text("''::bytea"))
    told_break: Mapped[int | None] = mapped_column(BigInteger)
    """Where it is broken, once operators have been told; they are not told again each day."""
