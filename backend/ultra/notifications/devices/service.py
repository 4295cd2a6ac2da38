"""The rules of push devices."""

import hashlib
import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr
from sqlalchemy.orm import Session

from ultra.kit import outgoing, vault
from ultra.kit.access import Actor
from ultra.kit.log import get_logger
from ultra.notifications.devices import repository
from ultra.notifications.devices.errors import DeviceNotFound, PushKeysInvalid, TooManyDevices
from ultra.notifications.devices.models import ADDRESS, PushDevice
from ultra.notifications.devices.schemas import SubscriptionCreate, SubscriptionKeys

log = get_logger()

LIMIT = 20
AUTH_BYTES = 16
"""RFC 8291 §3.2."""


@dataclass(frozen=True)
class PushAddress:
    """Where and how a browser is reached. The address alone lets anybody disturb it."""

    url: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)
    session_id: UUID | None
    """Of whom it was registered by; None for an API key."""


def register(
    session: Session, actor: Actor, wanted: SubscriptionCreate, default_label: str | None
) -> PushDevice:
    """Remember a browser; one that is known already belongs to whoever is signed in there now."""
    outgoing.check(wanted.endpoint)
    _check_keys(wanted.keys)
    user_id, host = actor.user_id, urlsplit(wanted.endpoint).hostname or ""
    digest = hashlib.sha256(wanted.endpoint.encode()).digest()
    others = [
        device
        for device in repository.of_person(session, user_id)
        if device.endpoint_digest != digest
    ]
    if len(others) >= LIMIT:
        raise TooManyDevices(limit=LIMIT)
    plain = {
        "url": wanted.endpoint,
        "p256dh": wanted.keys.p256dh,
        "auth": wanted.keys.auth,
        "session_id": None if actor.session_id is None else str(actor.session_id),
    }
    device = repository.save(
        session,
        {
            "user_id": user_id,
            "label": wanted.label or default_label or host,
            "endpoint_digest": digest,
            "endpoint_host": host,
        },
    )
    ADDRESS.write(session, device, SecretStr(json.dumps(plain)))
    return device


def get(session: Session, user_id: UUID, device_id: UUID) -> PushDevice:
    """Raises DeviceNotFound, also for somebody else's."""
    device = repository.find(session, user_id, device_id)
    if device is None:
        raise DeviceNotFound
    return device


def of_person(session: Session, user_id: UUID) -> Sequence[PushDevice]:
    return repository.of_person(session, user_id)


def remove(session: Session, user_id: UUID, device_id: UUID) -> None:
    """Raises DeviceNotFound, also for somebody else's."""
    if not repository.remove(session, user_id, device_id):
        raise DeviceNotFound


def address_of(session: Session, device_id: UUID) -> PushAddress | None:
    """Where the device is reached; None when it is gone or cannot be opened any more."""
    device = repository.find_any(session, device_id)
    if device is None:
        return None
    try:
        found = json.loads(ADDRESS.read(session, device).get_secret_value())
    except vault.SecretLost as error:
        log.warning("device.secret_lost", device_id=str(device.id), reason=str(error))
        return None
    # Devices of before know no session; their browser tells it as soon as a page is opened there.
    session_id = found.get("session_id")
    return PushAddress(
        found["url"],
        _decode(found["p256dh"]),
        _decode(found["auth"]),
        UUID(session_id) if session_id else None,
    )


def _check_keys(keys: SubscriptionKeys) -> None:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decode(keys.p256dh))
        is_right = len(_decode(keys.auth)) == AUTH_BYTES
    except ValueError:
        is_right = False
    if not is_right:
        raise PushKeysInvalid


def _decode(text: str) -> bytes:
    plain = text.rstrip("=")
    return urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
