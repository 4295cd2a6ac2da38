"""The shapes of people, as operators see them, in requests and responses."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ultra.kit.http import PageQuery, RequestShape, ResponseShape

LONGEST_REASON = 500


class PeopleQuery(PageQuery):
    q: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="A part of the name or of the address"
    )
    is_disabled: bool | None = Field(
        default=None, description="Only closed accounts, or only open ones"
    )


class PersonPath(RequestShape):
    user_id: UUID


class PersonDisable(RequestShape):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_REASON)]
    """The person reads it in the mail that tells them."""


class PersonRead(ResponseShape):
    user_id: UUID
    name: str
    email: str
    is_email_verified: bool
    is_operator: bool
    created_at: datetime
    last_seen_at: datetime | None
    """Null when they never came in."""
    has_second_factor: bool
    """An authenticator app or a passkey."""
    sessions: int
    workspaces: int
    disabled_at: datetime | None
    """Since when the account is closed."""
    disabled_reason: str | None


class PeoplePage(ResponseShape):
    """Everybody, the newest first."""

    items: list[PersonRead]
    next_cursor: str | None
