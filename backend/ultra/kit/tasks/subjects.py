"""What jobs work on, told by the services that own it.

    @describes
    def describe_videos(session, ids) -> list[Subject]: …

in a module named `subjects` of that service: it answers for those ids that are its own.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit import modules


@dataclass(frozen=True)
class Subject:
    kind: str
    id: UUID
    title: str
    href: str
    """Its page in the website, without the language."""


Describe = Callable[[Session, Collection[UUID]], Sequence[Subject]]

_describers: list[Describe] = []


def describes(describe: Describe) -> Describe:
    """Register a function that knows one kind of subject."""
    _describers.append(describe)
    return describe


def describe_all(session: Session, ids: Collection[UUID]) -> dict[UUID, Subject]:
    """The subjects of these ids, as far as any service knows them."""
    _load()
    if not ids:
        return {}
    return {subject.id: subject for describe in _describers for subject in describe(session, ids)}


@cache
def _load() -> None:
    modules.load("subjects")
