"""HTTP of preferences, and of the unsubscribe links in mails."""

from typing import Any

from flask import Response, redirect, request

from ultra.kit.access import Scope, current_actor
from ultra.kit.db import read_only, transaction
from ultra.kit.http import Routes, caller_language
from ultra.notifications import links
from ultra.notifications.preferences import service as preferences
from ultra.notifications.preferences import subscriptions
from ultra.notifications.preferences.schemas import (
    PreferencesRead,
    PreferencesUpdate,
    SubscriptionRead,
    SubscriptionState,
    UnsubscribePath,
)
from ultra.notifications.preferences.service import Preferences

routes = Routes("notifications", "preferences", prefix="/api/notifications")


@routes.route_to("get", "/preferences", access=Scope.NOTIFICATIONS, returns=PreferencesRead)
def get_preferences() -> Any:
    """What I want to hear of, by which channel, and when not."""
    with read_only() as session:
        found = preferences.get(session, current_actor().user_id)
    return _present(found)


@routes.route_to("put", "/preferences", access=Scope.NOTIFICATIONS, returns=PreferencesRead)
def save_preferences(body: PreferencesUpdate) -> Any:
    """Replace my preferences."""
    with transaction() as session:
        saved = preferences.save(session, current_actor().user_id, body)
    return _present(saved)


@routes.route_to("get", "/unsubscribe/<token>", access=Scope.PUBLIC, returns=SubscriptionRead)
def get_subscription(path: UnsubscribePath) -> Any:
    """What an unsubscribe link stands for; a browser is led to the page."""
    with read_only() as session:
        found = subscriptions.describe(session, path.token, caller_language())
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        return _to_page(path.token)
    return found


@routes.route_to("post", "/unsubscribe/<token>", access=Scope.PUBLIC, returns=SubscriptionState)
def unsubscribe(path: UnsubscribePath) -> Any:
    """Stop these mails: by the page, or by a mail program's one click (RFC 8058)."""
    with transaction() as session:
        subscriptions.change(session, path.token, is_subscribed=False)
    return SubscriptionState(is_subscribed=False)


@routes.route_to(
    "post", "/unsubscribe/<token>/undo", access=Scope.PUBLIC, returns=SubscriptionState
)
def undo_unsubscribe(path: UnsubscribePath) -> Any:
    """Resume these mails."""
    with transaction() as session:
        subscriptions.change(session, path.token, is_subscribed=True)
    return SubscriptionState(is_subscribed=True)


def _present(found: Preferences) -> PreferencesRead:
    is_operator = Scope.OPERATE in current_actor().scopes
    return preferences.present(found, caller_language(), is_operator=is_operator)


def _to_page(token: str) -> Response:
    # Some mail programs open the address of the List-Unsubscribe header in a browser.
    answer: Any = redirect(links.page(f"/unsubscribe/{token}", caller_language()), code=303)
    assert isinstance(answer, Response)
    return answer
