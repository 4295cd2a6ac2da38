"""Shapes of endpoints in requests and responses."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from ultra.kit.http import RequestShape, ResponseShape
from ultra.notifications.endpoints.states import DisabledReason, EndpointType
from ultra.notifications.kinds import FOR_ENDPOINTS, Kind


def _check_kinds(kinds: list[Kind]) -> list[Kind]:
    if not set(kinds) <= set(FOR_ENDPOINTS):
        raise ValueError("a kind that cannot be chosen")
    return sorted(set(kinds))


Kinds = Annotated[list[Kind], Field(max_length=20), AfterValidator(_check_kinds)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Url = Annotated[str, Field(min_length=1, max_length=2000)]


class EndpointPath(RequestShape):
    endpoint_id: UUID


class EndpointCreate(RequestShape):
    type: EndpointType
    name: Name
    url: Url = Field(repr=False)
    kinds: Kinds = Field(default=[], description="What it is told; everything when empty")


class EndpointUpdate(RequestShape):
    name: Name | None = None
    url: Url | None = Field(default=None, repr=False)
    kinds: Kinds | None = None
    is_enabled: bool | None = None


class EndpointRead(ResponseShape):
    id: UUID
    type: EndpointType
    name: str
    url: str = Field(description="Of a chat only its host and last four characters")
    kinds: list[Kind]
    is_enabled: bool
    disabled_reason: DisabledReason | None
    failing_since: datetime | None
    created_at: datetime
    last_delivery_at: datetime | None
    last_status: int | None


class EndpointWithSecret(EndpointRead):
    """The only answer that holds the secret; a chat has none."""

    secret: str | None = Field(repr=False)


class EndpointPage(ResponseShape):
    items: list[EndpointRead]
    next_cursor: str | None
    sandbox_url: str | None = Field(
        description="Takes messages at /catch/<name>, /slack/<name> and /discord/<name>, "
        "for trials; none in production"
    )
