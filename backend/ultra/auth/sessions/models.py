"""Sessions, the refresh tokens that belong to them, and the keys that sign access tokens.

A session is also the family of its refresh tokens: what ends one ends the other.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes


class EndReason(StrEnum):
    LOGGED_OUT = "logged_out"
    ENDED_BY_OWNER = "ended_by_owner"
    """From the list of sessions, on another device."""
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason, not a password
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a reason, not a password
    EMAIL_RESTORED = "email_restored"
    REPLACED = "replaced"
    """The same browser signed in anew."""
    TOO_MANY = "too_many"
    """Signed in on more devices than one person may."""
    ACCOUNT_CLOSED = "account_closed"
    ENDED_BY_OPERATOR = "ended_by_operator"
    TOKEN_REUSED = "token_reused"  # noqa: S105 - a reason, not a token
    """A refresh token came twice: somebody has a copy."""


# A request proves again who is there, and ends sessions. It opens none, and moves none elsewhere.
_SESSIONS = {
    "wall": "user_id = {person}",
    "rights": "select, update (authenticated_at, methods, last_seen_at, ended_at, end_reason)",
}
_REFRESH_TOKENS = {"unwalled": "used before anybody is signed in", "rights": ""}
_SIGNING_KEYS = {
    "unwalled": "the whole installation's, used by no request's own work",
    "rights": "",
}


class SignInSession(Base, HasId, HasTimes):
    __tablename__ = "sessions"
    __table_args__ = {"info": _SESSIONS}  # noqa: RUF012 - SQLAlchemy reads it from the class

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_agent: Mapped[str]
    ip: Mapped[str]
    authenticated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    """When the person last proved who they are: by signing in, or again before something grave."""
    methods: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    """How they did so: password, totp, recovery, passkey, google, github (amr in RFC 8176)."""
    last_seen_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """Moved on by each refresh, never past the next one."""
    absolute_expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[EndReason | None]


class RefreshToken(Base):
    __tablename__ = "refresh_tokens"
    __table_args__ = {"info": _REFRESH_TOKENS}  # noqa: RUF012

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    """SHA-256 of the token; the token itself is nowhere."""
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), index=True
    )
    generation: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(server_default=text("now()"), index=True)
    rotated_at: Mapped[datetime | None]
    successor_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_successor: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The successor, for whoever comes with this token again within the grace time; its key is
    made of the token and the installation's secret, so the database alone cannot open it."""


class SigningKey(Base, HasTimes):
    __tablename__ = "signing_keys"
    __table_args__ = {"info": _SIGNING_KEYS}  # noqa: RUF012

    kid: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[dict[str, Any]]
    """As a JSON Web Key."""
    sealed_private_key: Mapped[bytes] = mapped_column(LargeBinary)
