"""Discord's webhooks."""

import re
from typing import Any

from sqlalchemy.orm import Session

from ultra.kit.errors import Language
from ultra.notifications import links
from ultra.notifications.channels.addresses import endpoint_address
from ultra.notifications.channels.chat import PRODUCT, ChatParcel, clip, encode
from ultra.notifications.channels.protocol import Happening, Order
from ultra.notifications.kinds import KINDS
from ultra.notifications.sentences import say

GOLD, RED = 0xFFD700, 0x8B0000
TITLE_CHARACTERS = 256
# 401 a wrong token, 404 a webhook that was deleted.
GONE = (401, 403, 404, 410)
REFUSED = (400, 413)


class Discord:
    knows_copies = False

    def compose(self, happening: Happening, language: Language) -> dict[str, Any]:
        said = say(happening.kind, happening.facts, language)
        embed = {
            "title": " ".join(said.title.split())[:TITLE_CHARACTERS],
            "description": escape(clip(said.body)),
            "url": links.page(said.href, language, happening.workspace_id),
            "color": RED if KINDS[happening.kind].is_urgent else GOLD,
            "timestamp": happening.at.isoformat(),
            "footer": {"text": PRODUCT},
        }
        # Whatever a title says, nobody is called by it.
        return {"embeds": [embed], "allowed_mentions": {"parse": []}}

    def pack(self, session: Session, order: Order) -> ChatParcel:
        return ChatParcel(endpoint_address(session, order), encode(order.payload), GONE, REFUSED)


def escape(text: str) -> str:
    """Show Discord's markup as it was typed: a title makes no links and no bold text."""
    return re.sub(r"([\\*_~`|>\[\]()#])", r"\\\1", text)
