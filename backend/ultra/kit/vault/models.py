"""The table of data keys."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes


class DataKey(Base, HasId, HasTimes):
    """What the secrets of a workspace or a person are sealed with, itself wrapped by the ring."""

    __tablename__ = "data_keys"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key_id"),
        UniqueConstraint("user_id", "key_id"),
        CheckConstraint("num_nonnulls(workspace_id, user_id) = 1", name="one_owner"),
        {"info": {"rights": "select, insert"}},
    )

    workspace_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE")
    )
    """Whoever deletes a workspace destroys its keys, without having to think of it."""
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    """So it is with a person, whose secrets belong to no workspace."""
    key_id: Mapped[str] = mapped_column(index=True)
    """The ring's key that opens it."""
    sealed_key: Mapped[bytes]
