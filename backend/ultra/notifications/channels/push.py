"""Web push: to a browser by way of its maker's push service (RFC 8030)."""

import json
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit.errors import Language
from ultra.notifications import links
from ultra.notifications.channels.posting import post
from ultra.notifications.channels.protocol import Order, Outcome, Unsendable
from ultra.notifications.devices import repository, vapid
from ultra.notifications.devices import service as devices
from ultra.notifications.devices.encryption import MOST_BYTES, encrypt
from ultra.notifications.devices.service import PushAddress
from ultra.notifications.kinds import KINDS
from ultra.notifications.sentences import say

KEPT_SECONDS = 24 * 3600
"""How long the push service keeps it for a browser that is off."""
BODY_CHARACTERS = (300, 100, 1)
"""The first of these lengths that fits is taken; some characters need six bytes."""
GONE = (404, 410)
REFUSED = (400, 401, 403, 413)


@dataclass(frozen=True)
class PushParcel:
    address: PushAddress
    topic: UUID
    is_urgent: bool
    content: bytes = field(repr=False)

    def send(self) -> Outcome:
        headers = {
            "authorization": vapid.authorization(self.address.url),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(KEPT_SECONDS),
            "urgency": "high" if self.is_urgent else "normal",
            # A copy replaces the first one while that still waits.
            "topic": self.topic.hex,
        }
        body = encrypt(self.content, p256dh=self.address.p256dh, auth=self.address.auth)
        return post(self.address.url, body, headers, gone=GONE, refused=REFUSED)


class Push:
    knows_copies = True
    """By tag: the browser shows the second in place of the first."""

    def pack(self, session: Session, order: Order) -> PushParcel:
        device = repository.find_any(session, order.target)
        address = devices.address_of(session, order.target)
        if device is None:
            raise Unsendable("target_removed")
        if address is None:
            raise Unsendable("secret_lost")
        if address.session_id and not auth.session_lives(session, address.session_id):
            # Whoever sits there is signed out. Signing in again brings the device back.
            repository.remove_gone(session, device.id)
            raise Unsendable("session_ended")
        language = auth.get_person(session, device.user_id).locale
        content = write(order, language)
        return PushParcel(address, order.message_id, KINDS[order.kind].is_urgent, content)


def write(order: Order, language: Language) -> bytes:
    """What the service worker reads; of a long text the beginning."""
    said = say(order.kind, order.facts, language)
    content = {
        "id": str(order.message_id),
        "kind": order.kind,
        "title": said.title,
        "body": said.body,
        "href": links.in_workspace(said.href, order.workspace_id),
        "lang": language,
        "tag": str(order.message_id),
    }
    for length in BODY_CHARACTERS:
        if len(said.body) > length:
            content["body"] = said.body[: length - 1] + "…"
        made = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        if len(made) <= MOST_BYTES:
            return made
    raise Unsendable("too_long")
