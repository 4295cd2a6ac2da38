"""Addresses of the website for readers who are not on it: in mails, webhooks, chats."""

from ultra.kit.errors import Language
from ultra.settings import settings


def page(href: str, language: Language) -> str:
    """The whole address of a page; Turkish stands at the root, English under /en."""
    if not href.startswith("/"):
        return href
    return settings.website_url + ("" if language == "tr" else "/en") + href


def api(path: str) -> str:
    """The whole address of a part of the API, as seen through the website."""
    return f"{settings.website_url}/api/notifications{path}"
