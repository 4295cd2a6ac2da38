"""Shapes of push devices in requests and responses."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from ultra.kit.http import RequestShape, ResponseShape

Base64Url = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+={0,2}$", max_length=120, repr=False)]


class DevicePath(RequestShape):
    device_id: UUID


class SubscriptionKeys(RequestShape):
    p256dh: Base64Url = Field(description="The browser's public key")
    auth: Base64Url = Field(description="The browser's authentication secret")


class SubscriptionCreate(RequestShape):
    """What `PushSubscription.toJSON()` gives, and a name for the list."""

    endpoint: str = Field(max_length=2000, repr=False)
    keys: SubscriptionKeys
    label: str | None = Field(default=None, min_length=1, max_length=100)


class DeviceRead(ResponseShape):
    id: UUID
    label: str
    endpoint_host: str
    created_at: datetime
    last_used_at: datetime | None


class DeviceList(ResponseShape):
    items: list[DeviceRead]
    next_cursor: str | None


class PushKey(ResponseShape):
    public_key: str = Field(description="base64url, for applicationServerKey")
