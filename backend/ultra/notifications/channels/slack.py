"""Slack's incoming webhooks, and programs that speak their language, such as Mattermost."""

from typing import Any

from sqlalchemy.orm import Session

from ultra.kit.errors import Language
from ultra.notifications import links
from ultra.notifications.channels.addresses import endpoint_address
from ultra.notifications.channels.chat import PRODUCT, ChatParcel, clip, encode
from ultra.notifications.channels.protocol import Happening, Order
from ultra.notifications.sentences import say

# 403 action_prohibited, 404 no_service or channel_not_found, 410 channel_is_archived.
GONE = (403, 404, 410)
REFUSED = (400, 413)


class Slack:
    knows_copies = False

    def compose(self, happening: Happening, language: Language) -> dict[str, Any]:
        said = say(happening.kind, happening.facts, language)
        title, body = escape(" ".join(said.title.split())), escape(clip(said.body))
        url = links.page(said.href, language, happening.workspace_id)
        for sign in "|<>":
            # These end an address in Slack's notation.
            url = url.replace(sign, f"%{ord(sign):02X}")
        return {
            # For notifications on a phone, and for programs that know no blocks.
            "text": f"{title}: {body}",
            "blocks": [
                {
                    "type": "section",
                    "text": {"type": "mrkdwn", "text": f"*<{url}|{title}>*\n{body}"},
                },
                {"type": "context", "elements": [{"type": "mrkdwn", "text": PRODUCT}]},
            ],
        }

    def pack(self, session: Session, order: Order) -> ChatParcel:
        return ChatParcel(endpoint_address(session, order), encode(order.payload), GONE, REFUSED)


def escape(text: str) -> str:
    """The three characters that mean something to Slack; so nobody can call @channel by a title."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
