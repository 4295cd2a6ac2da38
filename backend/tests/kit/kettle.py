"""A fact, and two functions that react to it."""

from dataclasses import dataclass
from uuid import UUID

from ultra.kit.events import on


@dataclass(frozen=True)
class KettleBoiled:
    kettle_id: UUID
    litres: float


heard: list[KettleBoiled] = []


@on(KettleBoiled)
def pour_tea(event: KettleBoiled) -> None:
    heard.append(event)


@on(KettleBoiled)
def call_guests(event: KettleBoiled) -> None:
    pass
