"""What an endpoint is sent: composed when it happens, in its owner's language, and kept."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from ultra.auth import public as auth
from ultra.kit.clock import now
from ultra.kit.errors import Language
from ultra.notifications.channels.protocol import Happening
from ultra.notifications.channels.registry import ENDPOINT_CHANNELS
from ultra.notifications.deliveries.service import Draft
from ultra.notifications.endpoints.models import Endpoint
from ultra.notifications.kinds import ChannelName, Kind


def for_endpoint(
    session: Session,
    endpoint: Endpoint,
    event_key: str,
    kind: Kind,
    facts: dict[str, Any],
    *,
    is_test: bool = False,
) -> Draft:
    """The delivery of one event to one endpoint."""
    # Made of the key: every endpoint, and every repetition, is told the same id.
    message_id = uuid5(NAMESPACE_URL, f"ultra:{event_key}")
    happening = Happening(message_id, kind, facts, now(), endpoint.workspace_id)
    channel = ENDPOINT_CHANNELS[endpoint.type]
    return Draft(
        event_key=event_key,
        kind=kind,
        channel=ChannelName(endpoint.type),
        target=endpoint.id,
        workspace_id=endpoint.workspace_id,
        endpoint_id=endpoint.id,
        payload=channel.compose(happening, _language_of(session, endpoint)),
        is_test=is_test,
    )


def _language_of(session: Session, endpoint: Endpoint) -> Language:
    if endpoint.created_by is None:
        return "tr"
    return auth.get_person(session, endpoint.created_by).locale
