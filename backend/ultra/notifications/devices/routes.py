"""HTTP of push devices. Sending a test stands in `news.routes`."""

from typing import Any

from flask import request

from ultra.auth import public as auth
from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes
from ultra.notifications.devices import service as devices
from ultra.notifications.devices.schemas import (
    DeviceList,
    DevicePath,
    DeviceRead,
    PushKey,
    SubscriptionCreate,
)
from ultra.notifications.devices.vapid import public_key

routes = Routes("notifications", "devices", prefix="/api/notifications/push")
ACCESS = Scope.NOTIFICATIONS


@routes.route_to("get", "/key", access=ACCESS, returns=PushKey)
def get_push_key() -> Any:
    """The key that a browser subscribes with."""
    return {"public_key": public_key()}


@routes.route_to("get", "/subscriptions", access=ACCESS, returns=DeviceList)
def list_devices() -> Any:
    """My browsers that take push messages."""
    with read_only() as session:
        return {"items": devices.of_person(session, current_actor().user_id), "next_cursor": None}


@routes.route_to("post", "/subscriptions", access=ACCESS, returns=DeviceRead, status=201)
def add_device(body: SubscriptionCreate) -> Any:
    """Add this browser; adding it again renews it."""
    label = auth.name_device(request.headers.get("User-Agent", ""))
    # A browser that was somebody else's before is taken over, and theirs lies behind the wall.
    with transaction(across_workspaces=True) as session:
        return devices.register(session, current_actor(), body, label)


@routes.route_to("delete", "/subscriptions/<uuid:device_id>", access=ACCESS)
def remove_device(path: DevicePath) -> None:
    """Send nothing more to this browser."""
    with transaction() as session:
        devices.remove(session, current_actor().user_id, path.device_id)
