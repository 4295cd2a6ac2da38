"""The shapes of signing in by a provider, in requests and responses."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from ultra.auth.oauth.providers.kinds import Provider
from ultra.auth.users.preferences import Locale
from ultra.kit.http import RequestShape, ResponseShape


class ProviderPath(RequestShape):
    provider: Provider


class Departing(RequestShape):
    """Words that others add to our links, such as utm_source, mean nothing."""

    model_config = ConfigDict(extra="ignore")

    next: str | None = Field(default=None, max_length=2000)
    """A path of our own website; anything else is as if there were none."""
    language: Locale | None = None
    """That of the page; the browser's own where it is missing."""


class Returning(RequestShape):
    """What a provider sends along; it may add words of its own, which mean nothing to us."""

    model_config = ConfigDict(extra="ignore")

    state: str | None = None
    code: str | None = Field(default=None, repr=False)
    error: str | None = None
    iss: str | None = None


class LinkStart(ResponseShape):
    url: str
    """Where the browser goes next."""


class IdentityRead(ResponseShape):
    id: UUID
    provider: Provider
    email: str
    """The address there."""
    linked_at: datetime
    last_used_at: datetime | None


class IdentityList(ResponseShape):
    """The oldest first."""

    items: list[IdentityRead]


class IdentityPath(RequestShape):
    identity_id: UUID
