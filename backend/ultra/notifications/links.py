"""Addresses of the website for readers who are not on it: in mails, webhooks, chats."""

from ultra.kit import website
from ultra.kit.errors import Language
from ultra.settings import settings


def page(href: str, language: Language) -> str:
    """The whole address of a page of the website; any other address stays as it is."""
    return website.page(href, language) if href.startswith("/") else href


def api(path: str) -> str:
    """The whole address of a part of the API, as seen through the website."""
    return f"{settings.website_url}/api/notifications{path}"
