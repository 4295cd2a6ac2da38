"""The table of endpoints. Addresses and secrets are encrypted; a chat's address is a secret too."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from ultra.kit.db import Base, HasId, HasTimes
from ultra.kit.vault import OldSeal, SealedColumn
from ultra.notifications.endpoints.states import DisabledReason, EndpointType


class Endpoint(Base, HasId, HasTimes):
    __tablename__ = "notification_endpoints"
    __table_args__ = (
        Index(
            "ix_notification_endpoints_list",
            "workspace_id",
            text("created_at desc"),
            text("id desc"),
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Chat messages are written in this person's language."""
    type: Mapped[EndpointType]
    name: Mapped[str]
    sealed_url: Mapped[bytes] = mapped_column(LargeBinary)
    kinds: Mapped[list[Any]] = mapped_column(default=list)
    """What it is told; everything when empty."""
    sealed_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_old_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    old_secret_until: Mapped[datetime | None]
    """Until then messages carry a signature of the old secret beside that of the new one."""
    is_enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    disabled_reason: Mapped[DisabledReason | None]
    disabled_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_delivery_at: Mapped[datetime | None]
    last_status: Mapped[int | None]


def _before(column: str) -> OldSeal:
    return OldSeal("notifications", lambda row: f"notification_endpoints.{column}:{row.id}")


URL = SealedColumn(Endpoint, "sealed_url", before=_before("url"))
SECRET = SealedColumn(Endpoint, "sealed_secret", before=_before("secret"))
OLD_SECRET = SealedColumn(Endpoint, "sealed_old_secret", before=_before("old_secret"))
