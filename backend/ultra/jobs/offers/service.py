"""Finds an offer and checks what it is to be started with."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ultra.jobs.offers.errors import OfferInputInvalid, OfferUnknown
from ultra.jobs.offers.schemas import OfferFieldRead, OfferRead
from ultra.kit.errors import Language
from ultra.kit.tasks.offers import Offer, find_offer


def get(name: str) -> Offer:
    """Raises OfferUnknown."""
    found = find_offer(name)
    if found is None:
        raise OfferUnknown(name=name)
    return found


def check(offer: Offer, given: dict[str, Any]) -> BaseModel:
    """The input as the offer's own shape. Raises OfferInputInvalid, naming the first bad field."""
    try:
        return offer.input.model_validate(given)
    except ValidationError as error:
        raise _refusal(error.errors()[0]) from error


def check_known(offer: Offer, given: Mapping[str, Any]) -> None:
    """Like check, for an input of which the rest is known later only."""
    try:
        offer.input.model_validate(given)
    except ValidationError as error:
        faults = [each for each in error.errors() if each["loc"] and each["loc"][0] in given]
        if faults:
            raise _refusal(faults[0]) from error


def _refusal(fault: ErrorDetails) -> OfferInputInvalid:
    return OfferInputInvalid(field=".".join(map(str, fault["loc"])) or "*")


def present(offer: Offer, language: Language) -> OfferRead:
    return OfferRead(
        name=offer.name,
        title=offer.title[language],
        description=offer.description[language],
        fields=[
            OfferFieldRead(
                name=field.name,
                label=field.label[language],
                type=field.type,
                required=field.is_required,
                max_length=field.max_length,
            )
            for field in offer.fields
        ],
    )
