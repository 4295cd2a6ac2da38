"""What a person may have started by a schedule or by a webhook from outside.

    @offer("video.process_again", input=ProcessAgain, title={…}, description={…})
    def process_again(session, workspace_id, wanted, trigger, trigger_key) -> UUID | None: …

in a module named `offers` of the service that does the work. The function asks for the job within
the caller's transaction and gives back its id; None when this trigger has started one before. It
refuses by raising an AppError.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session

from ultra.kit import modules
from ultra.kit.errors import Language
from ultra.kit.tasks.models import Trigger

Start = Callable[[Session, UUID, Any, Trigger, str], UUID | None]
"""Session, workspace, checked input, what triggered it, and its key, which is used once."""


@dataclass(frozen=True)
class Field:
    """One field of an offer's input."""

    name: str
    type: str
    """uuid, url, email, datetime, integer, number, boolean or string."""
    is_required: bool
    max_length: int | None
    label: Mapping[Language, str]


@dataclass(frozen=True)
class Offer:
    name: str
    input: type[BaseModel]
    """A RequestShape: it refuses unknown fields and text that the database cannot hold."""
    title: Mapping[Language, str]
    description: Mapping[Language, str]
    start: Start

    @property
    def fields(self) -> list[Field]:
        """What a form for it needs to know."""
        schema = self.input.model_json_schema()
        required = schema.get("required", [])
        return [
            _read_field(name, value, is_required=name in required)
            for name, value in schema.get("properties", {}).items()
        ]


_offers: dict[str, Offer] = {}


def offer(
    name: str,
    *,
    input: type[BaseModel],  # noqa: A002 - the word that the API uses
    title: Mapping[Language, str],
    description: Mapping[Language, str],
) -> Callable[[Start], Start]:
    """Offer a function to schedules and webhooks. Labels of fields: json_schema_extra tr, en."""

    def register(start: Start) -> Start:
        if name in _offers:
            raise ValueError(f"two offers are named {name}")
        _offers[name] = Offer(name, input, title, description, start)
        return start

    return register


def all_offers() -> list[Offer]:
    """Every offer, by name."""
    _load()
    return [_offers[name] for name in sorted(_offers)]


def find_offer(name: str) -> Offer | None:
    _load()
    return _offers.get(name)


@cache
def _load() -> None:
    modules.load("offers")


FORMATS = {"uuid": "uuid", "uri": "url", "email": "email", "date-time": "datetime"}


def _read_field(name: str, schema: dict[str, Any], *, is_required: bool) -> Field:
    # An optional field is described as one of its type and null.
    kinds = [schema, *schema.get("anyOf", [])]
    kind = next(each for each in kinds if each.get("type", "null") != "null")
    return Field(
        name=name,
        type=FORMATS.get(kind.get("format", ""), kind["type"]),
        is_required=is_required,
        max_length=kind.get("maxLength"),
        label={"tr": schema.get("tr", name), "en": schema.get("en", name)},
    )
