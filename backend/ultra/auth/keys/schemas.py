"""The shapes of API keys in requests and responses."""

import ipaddress
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from ultra.auth.users.schemas import Name
from ultra.kit.access import Scope
from ultra.kit.http import RequestShape, ResponseShape


def _check_network(text: str) -> str:
    # Its error is a ValueError, which pydantic turns into a field's problem.
    return str(ipaddress.ip_network(text, strict=False))


Network = Annotated[str, StringConstraints(max_length=64), AfterValidator(_check_network)]


class KeyCreate(RequestShape):
    name: Name
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    expires_in_days: int = Field(default=90, ge=1, le=365)
    ip_allow: list[Network] = Field(default=[], max_length=20)
    """Addresses and networks, such as 203.0.113.7 or 203.0.113.0/24; from everywhere when empty."""


class KeyRead(ResponseShape):
    id: UUID
    name: str
    public_id: str
    last_four: str
    scopes: list[Scope]
    ip_allow: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    rotated_at: datetime | None
    """When a successor was made; both work until this one expires."""


class KeyMade(ResponseShape):
    """`key` is the key itself, shown this once."""

    key: str = Field(repr=False)
    details: KeyRead


class KeyPage(ResponseShape):
    """One's keys in this workspace, the newest first."""

    items: list[KeyRead]
    next_cursor: str | None
    grantable_scopes: list[Scope]
    """What one can give a key."""


class KeyPath(RequestShape):
    key_id: UUID
