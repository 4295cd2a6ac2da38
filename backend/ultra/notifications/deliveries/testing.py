"""Tests that people send to see that a channel works: at once, and with one attempt.

How one of a person's own channel went, its job tells; of an endpoint, the endpoint's log.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from ultra.kit.access import Actor
from ultra.kit.ids import new_id
from ultra.notifications.deliveries import composing
from ultra.notifications.deliveries import service as deliveries
from ultra.notifications.deliveries.models import Delivery
from ultra.notifications.deliveries.service import Draft
from ultra.notifications.devices import service as devices
from ultra.notifications.devices.errors import NoDevice
from ultra.notifications.endpoints import service as endpoints
from ultra.notifications.kinds import ChannelName, Kind


def to_endpoint(session: Session, actor: Actor, endpoint_id: UUID) -> Delivery:
    """Also to one that is switched off. Raises EndpointNotFound."""
    endpoint = endpoints.get(session, actor, endpoint_id)
    draft = composing.for_endpoint(session, endpoint, _key(), Kind.TEST, {}, is_test=True)
    return _start(session, draft)


def to_device(session: Session, actor: Actor, device_id: UUID) -> Delivery:
    """Raises DeviceNotFound."""
    device = devices.get(session, actor.user_id, device_id)
    return _start(session, _personal(actor, ChannelName.PUSH, device.id))


def to_devices(session: Session, actor: Actor) -> list[Delivery]:
    """Raises NoDevice."""
    found = devices.of_person(session, actor.user_id)
    if not found:
        raise NoDevice
    return [to_device(session, actor, device.id) for device in found]


def to_mailbox(session: Session, actor: Actor) -> Delivery:
    return _start(session, _personal(actor, ChannelName.EMAIL, actor.user_id))


def _personal(actor: Actor, channel: ChannelName, target: UUID) -> Draft:
    return Draft(_key(), Kind.TEST, channel, target, actor.workspace_id, is_test=True)


def _start(session: Session, draft: Draft) -> Delivery:
    made = deliveries.start(session, draft)
    assert made is not None, "its key is new"
    return made


def _key() -> str:
    return f"test:{new_id()}"
