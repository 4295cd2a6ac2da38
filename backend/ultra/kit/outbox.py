"""Messages that leave after the commit, and only then: written in the same transaction as the data.

The relay (see `kit.tasks.relay`) sends them. A crash between sending and removing sends a message
twice, which is harmless: it carries only an id that must be claimed.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from ultra.kit.db import Base

CHANNEL = "ultra_outbox"
"""PostgreSQL notification channel that wakes the relay."""


class OutboxMessage(Base):
    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    topic: Mapped[str]
    """The broker queue that it goes to."""
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


def put(session: Session, topic: str, body: dict[str, Any]) -> None:
    """Leave a message in the outbox; the relay is told at commit (NOTIFY is transactional)."""
    session.add(OutboxMessage(topic=topic, body=body))
    session.execute(text(f"notify {CHANNEL}"))
