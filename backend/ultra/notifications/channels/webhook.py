"""Webhooks of a workspace, signed as Standard Webhooks lays it down."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit import webhooks
from ultra.kit.clock import now
from ultra.kit.errors import Language
from ultra.notifications import links
from ultra.notifications.channels.addresses import endpoint_address
from ultra.notifications.channels.posting import post
from ultra.notifications.channels.protocol import Happening, Order, Outcome
from ultra.notifications.endpoints.service import EndpointAddress
from ultra.notifications.sentences import say

GONE = (410,)


@dataclass(frozen=True)
class WebhookParcel:
    address: EndpointAddress
    message_id: UUID
    body: bytes = field(repr=False)

    def send(self) -> Outcome:
        # The time is that of the attempt: receivers refuse messages older than five minutes.
        signed = webhooks.sign(self.address.secrets, str(self.message_id), now(), self.body)
        headers = {**signed, "content-type": "application/json"}
        return post(self.address.url, self.body, headers, gone=GONE)


class Webhook:
    knows_copies = True
    """By webhook-id, which the standard asks receivers to remember."""

    def compose(self, happening: Happening, language: Language) -> dict[str, Any]:
        said = say(happening.kind, happening.facts, language)
        url = links.page(said.href, language, happening.workspace_id)
        data = {**happening.facts, "id": str(happening.id), "url": url}
        return {"type": happening.kind, "timestamp": happening.at.isoformat(), "data": data}

    def pack(self, session: Session, order: Order) -> WebhookParcel:
        # Keys in order: the bytes are the same at each attempt, whatever the database made of them.
        body = json.dumps(
            order.payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True
        ).encode()
        return WebhookParcel(endpoint_address(session, order), order.message_id, body)
