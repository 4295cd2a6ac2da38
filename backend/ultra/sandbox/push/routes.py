"""`/push`: devices, the endpoint that takes messages for them, and a page that shows them."""

import json
from typing import Any

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel, ConfigDict

from ultra.kit import clock
from ultra.kit.ids import new_id
from ultra.sandbox import behaviour as behaviours
from ultra.sandbox import pages
from ultra.sandbox.behaviour import Behaviour
from ultra.sandbox.push import encryption, repository, vapid
from ultra.sandbox.store import transaction

push = Blueprint("push", __name__)
MOST_BYTES = 4096
URGENCIES = {"very-low", "low", "normal", "high"}


class DeviceCreate(BaseModel):
    """A device takes messages of one sender only when it names the sender's key."""

    model_config = ConfigDict(extra="forbid")
    application_server_key: str | None = None


@push.post("/push")
def create_device() -> tuple[dict[str, Any], int]:
    """Play the browser: answer what `pushManager.subscribe()` would give, as JSON."""
    wanted = DeviceCreate.model_validate_json(request.get_data() or b"{}")
    device_id = new_id().hex
    with transaction() as connection:
        keys = repository.add_device(connection, device_id, wanted.application_server_key)
    return {
        "id": device_id,
        "endpoint": url_for("push.take_message", device_id=device_id, _external=True),
        "keys": {"p256dh": vapid.encode(keys.public), "auth": vapid.encode(keys.auth)},
    }, 201


@push.post("/push/<device_id>")
def take_message(device_id: str) -> Response:
    """Take a message as RFC 8030 has it; whatever is wrong with it is said and kept."""
    body = request.get_data()
    origin = request.host_url.rstrip("/")
    verdict = vapid.check(request.headers.get("Authorization", ""), origin, clock.now())
    with transaction() as connection:
        device = repository.find_device(connection, device_id)
        expected = None if device is None else device["application_server_key"]
        status, trouble = _judge(body, verdict, expected)
        behaviour = behaviours.take(connection, f"push:{device_id}")
        if status == 201 and behaviour.status is not None:
            status = behaviour.status
        text = None
        if device is not None and trouble is None:
            try:
                keys = encryption.read_keys(device["private_key"], device["auth"])
                text = encryption.unlock(keys, body).decode(errors="replace")
            except encryption.CannotOpen as error:
                trouble = str(error)
        message = {
            "headers": json.dumps({name.lower(): value for name, value in request.headers.items()}),
            "body": body,
            "status": 0 if behaviour.reset else status,
            "trouble": trouble,
            "claims": json.dumps(verdict.claims) if verdict.claims else None,
            "text": text,
        }
        number = repository.add_message(connection, device_id, clock.now(), message)
    well = Response(trouble if status >= 400 else None, status, mimetype="text/plain")
    if status == 201:
        well.headers["Location"] = f"{origin}/push/{device_id}/messages/{number}"
        well.headers["TTL"] = request.headers["TTL"]
    return behaviours.play(behaviour.model_copy(update={"status": None}), well)


def _judge(body: bytes, verdict: vapid.Verdict, expected_key: str | None) -> tuple[int, str | None]:
    if not request.headers.get("TTL", "").isdigit():
        return 400, "the TTL header is missing"
    if request.headers.get("Urgency", "normal") not in URGENCIES:
        return 400, "Urgency must be very-low, low, normal or high"
    if len(request.headers.get("Topic", "")) > 32:
        return 400, "Topic may have 32 letters"
    if body and request.headers.get("Content-Encoding") != "aes128gcm":
        return 415, "Content-Encoding must be aes128gcm"
    if len(body) > MOST_BYTES:
        return 413, f"a message may have {MOST_BYTES} bytes"
    if verdict.trouble is not None:
        return (401 if verdict.key is None else 403), verdict.trouble
    if expected_key is not None and verdict.key != expected_key.rstrip("="):
        return 403, "the device subscribed to another sender"
    return 201, None


@push.get("/push")
def show_devices() -> str:
    with transaction() as connection:
        return pages.render("push.html", devices=repository.list_devices(connection))


@push.get("/push/<device_id>")
def show_device(device_id: str) -> str:
    with transaction() as connection:
        messages = repository.list_messages(connection, device_id)
    return pages.render("device.html", device=device_id, messages=messages[::-1])


@push.get("/push/<device_id>/newest")
def say_newest(device_id: str) -> dict[str, int]:
    with transaction() as connection:
        row = connection.execute(
            "select coalesce(max(id), 0) as newest from push_messages where device = ?",
            (device_id,),
        ).fetchone()
    return {"newest": row["newest"]}


@push.get("/push/<device_id>/messages")
def list_messages(device_id: str) -> dict[str, Any]:
    """Answer all messages as JSON, in the order of arrival; `text` where we hold the keys."""
    with transaction() as connection:
        return {"items": repository.list_messages(connection, device_id)}


@push.put("/push/<device_id>/behaviour")
def set_behaviour(device_id: str) -> dict[str, Any]:
    wanted = Behaviour.model_validate_json(request.get_data() or b"{}")
    with transaction() as connection:
        behaviours.set_for(connection, f"push:{device_id}", wanted)
    return wanted.model_dump()
