"""Spreads news: one notification per person, one delivery per way out, once ever for each event."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit.clock import now
from ultra.notifications.deliveries import composing, digests
from ultra.notifications.deliveries import service as deliveries
from ultra.notifications.deliveries.service import Draft
from ultra.notifications.devices import service as devices
from ultra.notifications.endpoints import repository as endpoint_rows
from ultra.notifications.inbox import service as inbox
from ultra.notifications.inbox.models import Notification
from ultra.notifications.kinds import FOR_ENDPOINTS, ChannelName, Kind
from ultra.notifications.preferences import service as preferences
from ultra.notifications.preferences.service import Preferences


@dataclass(frozen=True)
class News:
    """Something that happened. `key` names the event: told twice, it is the same news."""

    key: str
    kind: Kind
    facts: dict[str, Any]
    workspace_id: UUID | None
    """Whose endpoints are told; None for news of the whole installation."""
    besides: UUID | None = None
    """An endpoint that is not told: the news is of itself."""


def spread(session: Session, news: News, people: Iterable[UUID]) -> None:
    """Tell people and the workspace's endpoints. Whoever was told already is not told again."""
    for user_id in people:
        _tell(session, news, user_id)
    if news.workspace_id is None or news.kind not in FOR_ENDPOINTS:
        return
    if not auth.lives(session, news.workspace_id):
        # Deleted, or every account is closed: nothing leaves it any more.
        return
    for endpoint in endpoint_rows.listening(session, news.workspace_id, news.kind):
        if endpoint.id == news.besides:
            continue
        draft = composing.for_endpoint(session, endpoint, news.key, news.kind, news.facts)
        deliveries.start(session, draft)


def _tell(session: Session, news: News, user_id: UUID) -> None:
    wanted = preferences.get(session, user_id)
    notification = inbox.add(
        session,
        user_id,
        workspace_id=news.workspace_id,
        event_key=news.key,
        kind=news.kind,
        facts=news.facts,
        is_shown=wanted.wants(news.kind, ChannelName.IN_APP),
    )
    if notification is None:
        return
    if wanted.wants(news.kind, ChannelName.PUSH):
        for device in devices.of_person(session, user_id):
            draft = _draft(notification, ChannelName.PUSH, device.id)
            deliveries.start(session, draft, wanted.held_until(now()))
    if wanted.wants(news.kind, ChannelName.EMAIL):
        _mail(session, wanted, notification)


def _mail(session: Session, wanted: Preferences, notification: Notification) -> None:
    draft = _draft(notification, ChannelName.EMAIL, notification.user_id)
    if wanted.digests(notification.kind):
        digests.add(session, notification.user_id, wanted, draft)
    else:
        deliveries.start(session, draft, wanted.held_until(now()))


def _draft(notification: Notification, channel: ChannelName, target: UUID) -> Draft:
    return Draft(
        event_key=notification.event_key,
        kind=notification.kind,
        channel=channel,
        target=target,
        workspace_id=notification.workspace_id,
        notification_id=notification.id,
        # A browser knows a copy by it; mails get one of their own.
        message_id=notification.id if channel is ChannelName.PUSH else None,
    )
