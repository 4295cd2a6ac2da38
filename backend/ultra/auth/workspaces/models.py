"""Workspaces and who belongs to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.roles import Role

# A request sees its own workspace, and those that its person could move to. It may only give it
# another name: what else happens to a workspace concerns more than one (see kit.walls).
_WALL = {
    "wall": "id = {workspace}",
    "sees": "id in (select workspace_id from memberships where user_id = {person})",
    "rights": "select, update (name)",
}
# Who belongs where is decided by transactions that say that they go across workspaces.
_MEMBERS = {"rights": "select"}


class Workspace(Base, HasId, HasTimes):
    __tablename__ = "workspaces"
    __table_args__ = {"info": _WALL}  # noqa: RUF012 - SQLAlchemy reads it from the class

    name: Mapped[str]
    deleted_at: Mapped[datetime | None]
    """From then on nobody works here; a week later a job removes everything."""
    requires_second_factor: Mapped[bool] = mapped_column(server_default=text("false"))
    """Members without an authenticator app and without a passkey are kept out."""


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = {"info": _MEMBERS}  # noqa: RUF012 - SQLAlchemy reads it from the class

    workspace_id: Mapped[UUID] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Role]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
