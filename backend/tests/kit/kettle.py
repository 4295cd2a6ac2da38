"""A fact, and two functions that react to it."""

from dataclasses import dataclass
from uuid import UUID

from ultra.kit.events import on


@dataclass(frozen=True)
class KettleBoiled:
    kettle_id: UUID
    litres: float


heard: list[KettleBoiled] = []


@on(KettleBoiled, title={"tr": "Çay koy", "en": "Pour tea"})
def pour_tea(event: KettleBoiled) -> None:
    heard.append(event)


@on(KettleBoiled, title={"tr": "Çağır", "en": "Call guests"})
def call_guests(event: KettleBoiled) -> None:
    pass
