"""Workspaces and who belongs to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.roles import Role

# A request sees its own workspace, and those that its person could move to.
_WALL = "id = {workspace} or id in (select workspace_id from memberships where user_id = {person})"


class Workspace(Base, HasId, HasTimes):
    __tablename__ = "workspaces"
    __table_args__ = {"info": {"workspace_column": "id", "wall": _WALL}}  # noqa: RUF012

    name: Mapped[str]
    deleted_at: Mapped[datetime | None]
    """From then on nobody works here; a week later a job removes everything."""
    requires_second_factor: Mapped[bool] = mapped_column(server_default=text("false"))
    """Members without an authenticator app and without a passkey are kept out."""


class Membership(Base):
    __tablename__ = "memberships"

    workspace_id: Mapped[UUID] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Role]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
