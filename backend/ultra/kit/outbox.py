"""Messages that leave after the commit, and only then: written in the same transaction as the data.

Each message names its carrier: who takes it to the broker, or into the job log. The relay (see
`kit.tasks.relay`) gives every carrier its own messages, so that one whose store is away holds up no
other. A crash between carrying and removing carries a message twice, so carriers must bear that.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit import modules
from ultra.kit.db import Base

CHANNEL = "ultra_outbox"
"""PostgreSQL notification channel that wakes the dispatcher."""


class OutboxMessage(Base):
    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_carrier", "carrier", "id"),
        {"info": {"unwalled": "a request writes into it and never reads", "rights": "insert"}},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    carrier: Mapped[str]
    topic: Mapped[str]
    """For the broker the queue that it goes to; for the journal the job that it is about."""
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Message(Protocol):
    """What a carrier sees of an outbox message."""

    @property
    def topic(self) -> str: ...
    @property
    def body(self) -> dict[str, Any]: ...


Carry = Callable[[Sequence[Message]], int]
"""Takes messages, oldest first; how many, from the start, have been carried."""


class CarrierDown(Exception):
    """The carrier's store could not be reached; its messages stay."""


_carriers: dict[str, Carry] = {}


def carries(name: str) -> Callable[[Carry], Carry]:
    """Make a function the carrier of this name. It may raise CarrierDown."""

    def register(carry: Carry) -> Carry:
        if name in _carriers:
            raise ValueError(f"two carriers are named {name}")
        _carriers[name] = carry
        return carry

    return register


def load_carriers() -> dict[str, Carry]:
    """Every carrier there is, by name; found in modules named `carriers`."""
    modules.load("carriers")
    return dict(_carriers)
