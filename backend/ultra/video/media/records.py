"""The shape of every step's result: frozen values that go through JSON and come back the same."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from pydantic import TypeAdapter


@dataclass(frozen=True)
class Record:
    """Parent of the results; they are stored as documents between the steps."""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        return TypeAdapter(cls).validate_python(values)
