"""Addresses of the website for readers who are not on it: in mails, webhooks, chats."""

from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from ultra.kit import website
from ultra.kit.errors import Language
from ultra.settings import settings


def page(href: str, language: Language, workspace_id: UUID | None = None) -> str:
    """The whole address of a page of the website; any other address stays as it is."""
    if not href.startswith("/"):
        return href
    return website.page(in_workspace(href, workspace_id), language)


def in_workspace(href: str, workspace_id: UUID | None) -> str:
    """A path of the website that says where its page is to be found.

    Whoever follows it later may be in another of their workspaces, and is offered to go there.
    """
    if workspace_id is None or not href.startswith("/"):
        return href
    parts = urlsplit(href)
    query = "&".join(part for part in (parts.query, f"workspace={workspace_id}") if part)
    return urlunsplit(parts._replace(query=query))


def api(path: str) -> str:
    """The whole address of a part of the API, as seen through the website."""
    return f"{settings.website_url}/api/notifications{path}"
