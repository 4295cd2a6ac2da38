"""Shapes of deliveries in responses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from ultra.kit.http import RequestShape, ResponseShape
from ultra.notifications.deliveries.states import DeliveryState
from ultra.notifications.kinds import Kind


class DeliveryPath(RequestShape):
    delivery_id: UUID


class DeliveryRead(ResponseShape):
    id: UUID
    kind: Kind
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    created_at: datetime
    finished_at: datetime | None
    response_status: int | None
    error: str | None
    is_test: bool
    replay_of: UUID | None


class DeliveryPage(ResponseShape):
    items: list[DeliveryRead]
    next_cursor: str | None


class AttemptRead(ResponseShape):
    at: datetime
    status: int | None
    duration_ms: int | None
    error: str | None
    response_excerpt: str | None = Field(description="The first KiB of the answer")


class DeliveryDetail(DeliveryRead):
    payload: dict[str, Any] | None
    attempts_log: list[AttemptRead]
