"""What a call to GitHub can come to."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Found(Generic[Value]):
    value: Value
    etag: str | None
    """Given with the next question, it spares an unchanged answer."""
    remaining: int | None
    """Requests that are left until GitHub's limit begins anew."""


@dataclass(frozen=True)
class NotModified:
    """As it was when GitHub gave us this etag."""

    remaining: int | None


@dataclass(frozen=True)
class Preparing:
    """GitHub has begun to work it out; to be asked for again in a while."""


@dataclass(frozen=True)
class NotThere:
    """It does not exist, or not for this grant: GitHub does not tell which."""


@dataclass(frozen=True)
class NotAllowed:
    """It exists and is kept from this grant."""


@dataclass(frozen=True)
class NeedsLogin:
    """The token, or the grant behind it, is not accepted any more."""


@dataclass(frozen=True)
class RateLimited:
    after: timedelta


@dataclass(frozen=True)
class TryLater:
    """No answer, or one that nobody can use. Nothing is known about what was asked."""

    reason: str


Trouble = NotThere | NotAllowed | NeedsLogin | RateLimited | TryLater
