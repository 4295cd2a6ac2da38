"""HTTP of tests of a person's own channels."""

from typing import Any

from sqlalchemy.orm import Session

from ultra.kit.access import Actor, Scope, current_actor
from ultra.kit.db import transaction
from ultra.kit.http import Routes
from ultra.kit.ids import new_id
from ultra.notifications.deliveries import testing
from ultra.notifications.devices.schemas import DevicePath
from ultra.notifications.inbox import service as inbox
from ultra.notifications.kinds import Kind
from ultra.notifications.news.schemas import ChannelTest, PersonalChannel, TestStarted

routes = Routes("notifications", "news", prefix="/api/notifications")
ACCESS = Scope.NOTIFICATIONS


@routes.route_to("post", "/test", access=ACCESS, returns=TestStarted, status=202)
def test_channel(body: ChannelTest) -> Any:
    """Send myself a test by one channel."""
    actor = current_actor()
    with transaction() as session:
        if body.channel is PersonalChannel.PUSH:
            return {"job_id": testing.to_devices(session, actor)[0].job_id}
        if body.channel is PersonalChannel.EMAIL:
            return {"job_id": testing.to_mailbox(session, actor).job_id}
        _show_test(session, actor)
        return {"job_id": None}


@routes.route_to(
    "post",
    "/push/subscriptions/<uuid:device_id>/test",
    access=ACCESS,
    returns=TestStarted,
    status=202,
)
def test_device(path: DevicePath) -> Any:
    """Send a test to one of my browsers."""
    with transaction() as session:
        return {"job_id": testing.to_device(session, current_actor(), path.device_id).job_id}


def _show_test(session: Session, actor: Actor) -> None:
    inbox.add(
        session,
        actor.user_id,
        workspace_id=actor.workspace_id,
        event_key=f"test:{new_id()}",
        kind=Kind.TEST,
        facts={},
        is_shown=True,
    )
