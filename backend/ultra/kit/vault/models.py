"""The table of data keys."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes


class DataKey(Base, HasId, HasTimes):
    """What the secrets of one workspace are sealed with, itself wrapped by a key of the ring."""

    __tablename__ = "data_keys"
    __table_args__ = (UniqueConstraint("workspace_id", "key_id"),)

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    """Whoever deletes a workspace destroys its keys, without having to think of it."""
    key_id: Mapped[str] = mapped_column(index=True)
    """The ring's key that opens it."""
    sealed_key: Mapped[bytes]
