"""Makes an offer's input out of the body of a call."""

import json
from collections.abc import Mapping
from typing import Any

from ultra.jobs.hooks.errors import (
    BodyNotJson,
    FieldNotMapped,
    NotPlain,
    PointerInvalid,
    PointerLeadsNowhere,
)
from ultra.jobs.hooks.pointer import LeadsNowhere, follow, is_pointer
from ultra.jobs.offers import service as offers
from ultra.jobs.offers.errors import OfferInputInvalid
from ultra.kit.tasks.offers import Offer

Mapped = Mapping[str, Mapping[str, str]]


def check(offer: Offer, mapping: Mapped) -> None:
    """Raises PointerInvalid, FieldNotMapped, or OfferInputInvalid.

    The last for a field that is none, and for a fixed value that no call could start the job with.
    """
    fields = {field.name: field for field in offer.fields}
    for name, source in mapping.items():
        if name not in fields:
            raise OfferInputInvalid(field=name)
        if "from" in source and not is_pointer(source["from"]):
            raise PointerInvalid(pointer=source["from"])
    for field in fields.values():
        if field.is_required and field.name not in mapping:
            raise FieldNotMapped(field=field.name)
    fixed = {name: source["value"] for name, source in mapping.items() if "value" in source}
    offers.check_known(offer, fixed)


def fill(offer: Offer, mapping: Mapped, body: bytes) -> dict[str, Any]:
    """The offer's input, unchecked. Raises CallRefused.

    The body is read only where a pointer asks for it: a hook of fixed values takes any.
    """
    needs_body = any("from" in source for source in mapping.values())
    document = _read(body) if needs_body else None
    is_required = {field.name: field.is_required for field in offer.fields}
    kinds = {field.name: field.type for field in offer.fields}
    found: dict[str, Any] = {}
    for name, source in mapping.items():
        if "value" in source:
            found[name] = source["value"]
            continue
        pointer = source["from"]
        try:
            value = follow(document, pointer)
        except LeadsNowhere as error:
            if is_required.get(name, True):
                raise PointerLeadsNowhere(pointer=pointer) from error
            continue
        if value is None and not is_required.get(name, True):
            continue
        found[name] = _plain(value, pointer, kinds.get(name))
    return found


def _plain(value: Any, pointer: str, kind: str | None) -> Any:
    if not isinstance(value, str | int | float | bool):
        raise NotPlain(pointer=pointer)
    if kind == "string" and not isinstance(value, str):
        # Numbers of issues, versions and the like are often wanted inside a text.
        return json.dumps(value)
    return value


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BodyNotJson from error
