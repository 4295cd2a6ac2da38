"""Workspaces and who belongs to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.roles import Role


class Workspace(Base, HasId, HasTimes):
    __tablename__ = "workspaces"

    name: Mapped[str]


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
