"""What Slack and Discord have in common: one JSON message to an address that is a secret."""

import json
from dataclasses import dataclass, field

from ultra.notifications.channels.posting import post
from ultra.notifications.channels.protocol import Outcome
from ultra.notifications.endpoints.service import EndpointAddress

BODY_CHARACTERS = 500
PRODUCT = "Ultrarslanoğlu Core"


@dataclass(frozen=True)
class ChatParcel:
    address: EndpointAddress
    body: bytes = field(repr=False)
    gone: tuple[int, ...]
    refused: tuple[int, ...]

    def send(self) -> Outcome:
        headers = {"content-type": "application/json"}
        return post(self.address.url, self.body, headers, gone=self.gone, refused=self.refused)


def encode(payload: object) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def clip(text: str) -> str:
    return text if len(text) <= BODY_CHARACTERS else text[: BODY_CHARACTERS - 1] + "…"
