"""The shapes of people in requests and responses."""

import unicodedata
from datetime import datetime
from typing import Annotated
from uuid import UUID

import email_validator
from pydantic import AfterValidator, Field, StringConstraints

from ultra.auth.users.preferences import Locale, Theme
from ultra.auth.workspaces.schemas import WorkspaceRead
from ultra.kit.access import Scope
from ultra.kit.http import NO_NUL, RequestShape, ResponseShape
from ultra.kit.roles import Role

# A server at home may have addresses under studio.local; the library allows them by this list.
email_validator.SPECIAL_USE_DOMAIN_NAMES[:] = [
    name for name in email_validator.SPECIAL_USE_DOMAIN_NAMES if name not in ("local", "test")
]


def _check_email(text: str) -> str:
    # Its error is a ValueError, which pydantic turns into a field's problem.
    return email_validator.validate_email(text, check_deliverability=False).normalized


def _check_name(text: str) -> str:
    # Only these: emoji and several scripts need the invisible joiners that isprintable() refuses.
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise ValueError("a name has no control characters")
    return text


Email = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(_check_email),
    Field(json_schema_extra={"format": "email"}),
]
_SEEN = r"[^\x00-\x1f\x7f-\x9f\s]"
Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100),
    AfterValidator(_check_name),
    # In words: no control characters but at the ends, where they go like spaces.
    Field(json_schema_extra={"pattern": rf"^\s*{_SEEN}([^\x00-\x1f\x7f-\x9f]*{_SEEN})?\s*$"}),
]
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
# Exactly as typed: spaces at the ends belong to a password.
NewPassword = Annotated[
    str,
    StringConstraints(
        strip_whitespace=False, min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD
    ),
    Field(repr=False, json_schema_extra={"pattern": NO_NUL}),
]
# Longer than any that was ever allowed, but bounded.
TypedPassword = Annotated[str, StringConstraints(strip_whitespace=False, max_length=1024)]
TriedPassword = Annotated[TypedPassword, Field(repr=False)]


class UserCreate(RequestShape):
    email: Email
    password: NewPassword
    name: Name
    locale: Locale | None = None


class Credentials(RequestShape):
    email: Annotated[str, StringConstraints(max_length=1024)]
    """Not checked: an address that cannot exist is simply unknown."""
    password: TriedPassword


class PasswordChange(RequestShape):
    current_password: TriedPassword
    new_password: NewPassword
    end_others: bool = True
    """Whether all other devices are signed out."""


class UserUpdate(RequestShape):
    name: Name | None = None
    locale: Locale | None = None
    theme: Theme | None = None


class UserRead(ResponseShape):
    id: UUID
    email: str
    is_email_verified: bool
    name: str
    locale: Locale
    theme: Theme
    is_operator: bool
    """Whether they may see and mend the whole installation."""
    created_at: datetime


class Me(ResponseShape):
    """The caller: who, in which workspace, by which session."""

    user: UserRead
    workspace: WorkspaceRead
    role: Role
    permissions: list[Scope]
    lacks_second_factor: bool
    """The workspace demands one, so all of it is closed until the caller has added one."""
    session_id: UUID
    news_id: str | None
    """Live news up to here are older than this answer; `/api/events?after=` tells those that are
    not. None while nobody can say."""
