"""What auth announces: changes of how people come in, which their owners are to hear of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PasswordChanged:
    """A password was changed, set for the first time, or reset by mail; `how` says which."""

    user_id: UUID
    how: str
    """changed, set, reset"""
    at: datetime


@dataclass(frozen=True)
class EmailChanged:
    """An account has another address; `how`: changed, or restored by the old address's owner."""

    user_id: UUID
    how: str
    at: datetime


@dataclass(frozen=True)
class FactorAdded:
    """A way to prove who one is was added: totp, recovery, passkey, google, github."""

    user_id: UUID
    factor: str
    at: datetime


@dataclass(frozen=True)
class FactorRemoved:
    user_id: UUID
    factor: str
    at: datetime


@dataclass(frozen=True)
class RecoveryCodeUsed:
    """Somebody came in with a code on paper; so many are left."""

    user_id: UUID
    left: int
    at: datetime


@dataclass(frozen=True)
class NewDevice:
    """Somebody signed in on a device on which this account was never used before."""

    user_id: UUID
    session_id: UUID
    at: datetime


@dataclass(frozen=True)
class SessionReused:
    """A session was ended because its used refresh token came again: somebody has a copy."""

    user_id: UUID
    session_id: UUID
    at: datetime


@dataclass(frozen=True)
class ApiKeyMade:
    """An API key was made that acts for this person."""

    user_id: UUID
    key_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True)
class CameInAfterRefusals:
    """Somebody signed in after so many wrong passwords or codes since they last did."""

    user_id: UUID
    count: int
    since: datetime
    """When the first of them was tried."""
    at: datetime


@dataclass(frozen=True)
class AuditLogBroken:
    """An audit log is not as it was written; told once for each place."""

    chain: UUID
    """The workspace, or all zeros for the log of the installation."""
    position: int
    """Of the first entry that is missing, changed, or does not fit the one before."""
    at: datetime
