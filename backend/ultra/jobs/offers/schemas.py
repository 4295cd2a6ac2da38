"""Shapes of responses about offers."""

from ultra.kit.http import ResponseShape


class OfferFieldRead(ResponseShape):
    name: str
    label: str
    type: str
    required: bool
    max_length: int | None


class OfferRead(ResponseShape):
    name: str
    title: str
    description: str
    fields: list[OfferFieldRead]


class OfferList(ResponseShape):
    items: list[OfferRead]
