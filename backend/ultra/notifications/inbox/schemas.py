"""Shapes of requests and responses about notifications."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from ultra.kit.http import PageQuery, RequestShape, ResponseShape
from ultra.notifications.kinds import Kind


class NotificationPath(RequestShape):
    notification_id: UUID


class NotificationQuery(PageQuery):
    unread: bool | None = Field(default=None, description="Only unread ones")
    kind: Kind | None = None


class ReadAll(RequestShape):
    before: UUID | None = Field(default=None, description="This one and all older ones")


class NotificationWorkspace(ResponseShape):
    id: UUID
    name: str


class NotificationRead(ResponseShape):
    id: UUID
    kind: Kind
    title: str
    body: str
    href: str = Field(description="A path of the website; a note may lead to another site")
    workspace: NotificationWorkspace | None = Field(
        description="Where `href` leads to; null for news of oneself and of the installation, and "
        "for a workspace to which one does not belong any more"
    )
    created_at: datetime
    read_at: datetime | None
    is_urgent: bool


class NotificationPage(ResponseShape):
    items: list[NotificationRead]
    next_cursor: str | None


class Unread(ResponseShape):
    count: int


class Changed(ResponseShape):
    changed: int
