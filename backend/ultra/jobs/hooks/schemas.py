"""Shapes of requests and responses about hooks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from ultra.jobs.hooks.kinds import CallStatus, SignatureKind
from ultra.kit.http import PageQuery, RequestShape, ResponseShape


class HookPath(RequestShape):
    # The same name as below: one path of the API document may have one name in this place.
    hook: UUID


class HookTokenPath(RequestShape):
    hook: str = Field(max_length=100, description="The end of the hook's address")


class HookQuery(PageQuery):
    pass


class FromBody(RequestShape):
    """Taken from the call's body."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)

    pointer: str = Field(alias="from", max_length=500, description="A JSON pointer (RFC 6901)")


class FixedValue(RequestShape):
    """The same for each call."""

    value: str = Field(max_length=2000)


FieldName = Annotated[str, StringConstraints(max_length=100)]
MappingGiven = dict[FieldName, FromBody | FixedValue]


class HookCreate(RequestShape):
    name: str = Field(min_length=1, max_length=100)
    signature: SignatureKind = SignatureKind.STANDARD
    offer: str = Field(max_length=100)
    mapping: MappingGiven = Field(description="Where each field of the offer's input comes from")


class HookUpdate(RequestShape):
    """What is left out stays as it is."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    signature: SignatureKind | None = None
    offer: str | None = Field(default=None, max_length=100)
    mapping: MappingGiven | None = None
    is_enabled: bool | None = None


def as_stored(mapping: Mapping[str, FromBody | FixedValue]) -> dict[str, Any]:
    return {name: source.model_dump(by_alias=True) for name, source in mapping.items()}


class HookRead(ResponseShape):
    model_config = ConfigDict(from_attributes=True, serialize_by_alias=True)

    id: UUID
    name: str
    url: str = Field(description="Where to send calls by POST")
    signature: SignatureKind
    offer: str
    mapping: MappingGiven
    is_enabled: bool
    created_at: datetime
    last_called_at: datetime | None
    calls_ok: int
    calls_refused: int
    old_secret_until: datetime | None = Field(
        description="Until then the secret before the last rotation is believed too"
    )


class HookWithSecret(HookRead):
    secret: str = Field(description="Shown this once")


class HookPage(ResponseShape):
    items: list[HookRead]
    next_cursor: str | None


class HookCallRead(ResponseShape):
    id: UUID
    at: datetime
    status: CallStatus
    code: str | None
    reason: str | None = Field(description="Why it was refused, in the caller's language")
    external_id: str | None = Field(description="The sender's own id of the call")
    job_id: UUID | None


class HookCallPage(ResponseShape):
    items: list[HookCallRead]
    next_cursor: str | None


class HookAnswer(ResponseShape):
    job_id: UUID | None
    duplicate: bool
